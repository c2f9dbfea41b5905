import { describe, expect, it, test } from "vitest";
import { codeAt, otpauthUri, stepAt, stepOf, toBase32 } from "./totp.ts";

/** The secret of the test vectors in RFC 6238, appendix B, and of RFC 4226, appendix D. */
const secret = Buffer.from("12345678901234567890");

describe("codes", () => {
  // RFC 6238 prints eight digits; six are the last six of them.
  test.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("are RFC 6238's at %d s", (seconds, eight) => {
    expect(codeAt(secret, stepAt(seconds * 1_000))).toBe(eight.slice(2));
  });

  test.each([
    "755224",
    "287082",
    "359152",
    "969429",
    "338314",
    "254676",
    "287922",
    "162583",
    "399871",
    "520489",
  ])("are RFC 4226's, counted up: %s", (code) => {
    const counter = Array.from({ length: 10 }, (_, count) => count).find(
      (count) => codeAt(secret, count) === code,
    );
    expect(counter).toBeDefined();
  });
});

describe("the step of a code", () => {
  const now = 1_700_000_000_000;
  const step = stepAt(now);

  it("is the present one or one beside it", () => {
    for (const near of [step - 1, step, step + 1])
      expect(stepOf(secret, codeAt(secret, near), now)).toBe(near);
    for (const far of [step - 2, step + 2]) expect(stepOf(secret, codeAt(secret, far), now)).toBeNull();
  });

  test.each(["", "12345", "1234567", "12345a", "１２３４５６", " 12345", "-12345"])(
    "is none for %j",
    (code) => {
      expect(stepOf(secret, code, now)).toBeNull();
    },
  );
});

test.each([
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("base32 of %j is RFC 4648's", (text, base32) => {
  expect(toBase32(Buffer.from(text))).toBe(base32);
});

test("the address names issuer and account, whatever the account is called", () => {
  const { protocol, pathname, searchParams } = new URL(otpauthUri(secret, "ann@b.c"));
  expect([protocol, decodeURIComponent(pathname)]).toEqual(["otpauth:", "/Shoal:ann@b.c"]);
  expect(Object.fromEntries(searchParams)).toEqual({
    secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", issuer: "Shoal", algorithm: "SHA1", digits: "6", period: "30",
  }); // biome-ignore format: short
});
