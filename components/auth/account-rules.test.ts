import { describe, expect, it } from "vitest";
import { setupBody } from "#lib/shared/api/schemas.ts";
import { nameProblem, passwordProblem } from "./account-rules.ts";

const accepts = (input: { name?: string; password?: string }) =>
  setupBody.safeParse({ code: "X", name: "mina", password: "correct horse", ...input }).success;

describe("the form's rules are the server's rules", () => {
  it.each([
    "mina",
    "m",
    "a.b@c-d_e",
    "9lives",
    "x".repeat(64),
    "x".repeat(65),
    "",
    " ",
    ".a",
    "a b",
    "ä",
    " mina ",
  ])("name %j", (name) => expect(nameProblem(name) === undefined).toBe(accepts({ name })));

  it.each([
    "",
    "123456789",
    "1234567890",
    "🐟".repeat(9),
    "🐟".repeat(10),
    "🐟".repeat(18),
    "🐟".repeat(19),
    "a".repeat(72),
    "a".repeat(73),
  ])("password %j", (password) =>
    expect(passwordProblem(password) === undefined).toBe(accepts({ password })),
  );

  it("says how much is missing or too much", () => {
    expect(passwordProblem("12345678")).toBe("2 characters more: at least 10 are needed.");
    expect(passwordProblem("123456789")).toBe("1 character more: at least 10 are needed.");
    expect(passwordProblem("ä".repeat(40))).toBe("At most 72 bytes fit; this is 80.");
  });
});
