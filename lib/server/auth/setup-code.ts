import { createHash, randomInt, timingSafeEqual } from "node:crypto";

/** Without 0, 1, I, L, O and U: nothing to misread, hardly a word to spell. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const groups = 3;
const groupLength = 4;

/** A new one-time code such as `7KQ4-M2XD-9RTA` (about 59 random bits). */
export function createSetupCode(): string {
  const group = () =>
    Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}

/** Compares without regard to case, dashes and spaces, in constant time. */
export function isSetupCode(typed: string, code: string): boolean {
  return timingSafeEqual(digest(typed), digest(code));
}

function digest(text: string): Buffer {
  const plain = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return createHash("sha256").update(plain).digest();
}
