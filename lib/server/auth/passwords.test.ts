import { hashSync } from "bcryptjs";
import { expect, it } from "vitest";
import { newPassword } from "#lib/shared/api/schemas.ts";
import { createPasswords } from "./passwords.ts";
import { createSetupCode, isSetupCode } from "./setup-code.ts";

it.each([
  ["nine characters", "123456789", false],
  ["ten characters", "1234567890", true],
  ["ten characters of two bytes", "ü".repeat(10), true],
  ["nine emoji, though 36 bytes and 18 UTF-16 units", "🐟".repeat(9), false],
  ["ten emoji", "🐟".repeat(10), true],
  ["72 bytes", "x".repeat(72), true],
  ["73 bytes", "x".repeat(73), false],
  ["72 bytes of Korean", "가".repeat(24), true],
  ["75 bytes of Korean", "가".repeat(25), false],
])("a password of %s fits: %s → %s", (_what, text, fits) => {
  expect(newPassword.safeParse(text).success).toBe(fits);
});

it.each(["$2a$", "$2b$", "$2y$"])("%s hashes match, multi-byte characters included", async (prefix) => {
  const hash = hashSync("pässwörd 물고기", 4).replace("$2b$", prefix);
  expect(hash.startsWith(prefix)).toBe(true);
  const passwords = createPasswords(4);
  expect(await passwords.matches("pässwörd 물고기", hash)).toBe(true);
  expect(await passwords.matches("passwörd 물고기", hash)).toBe(false);
});

it("nobody's password never matches and takes as long as a real one", async () => {
  const passwords = createPasswords(9);
  const hash = hashSync("somebody's password", 9);
  const took = async (known: string | null) => {
    const before = process.cpuUsage();
    expect(await passwords.matches("nobody has this password", known)).toBe(false);
    return process.cpuUsage(before).user;
  };
  await took(null);
  const [unknown, real, quick] = [
    await took(null),
    await took(hash),
    await took(hashSync("somebody's password", 4)),
  ];
  expect(unknown).toBeGreaterThan(real / 3);
  expect(quick).toBeGreaterThan(real / 3);
});

it("works on two at once and refuses when too many wait", async () => {
  const passwords = createPasswords(4);
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.matches("x", null)));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(52);
  expect(await passwords.matches("x", null)).toBe(false);
});

it("setup codes differ and are compared without regard to form", () => {
  const codes = new Set(Array.from({ length: 200 }, createSetupCode));
  expect(codes.size).toBe(200);
  expect(isSetupCode("7kq4 m2xd9rta", "7KQ4-M2XD-9RTA")).toBe(true);
  for (const wrong of ["", "7KQ4-M2XD-9RT", "7KQ4-M2XD-9RTA2", "-"])
    expect(isSetupCode(wrong, "7KQ4-M2XD-9RTA")).toBe(false);
});
