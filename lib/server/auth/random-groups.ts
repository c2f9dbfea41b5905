import { randomInt } from "node:crypto";

/** Without characters that look alike. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

/** Groups of random letters and digits with dashes between them, five bits a character. */
export function randomGroups(groups: number, length: number): string {
  const letter = () => alphabet[randomInt(alphabet.length)];
  const group = () => Array.from({ length }, letter).join("");
  return Array.from({ length: groups }, group).join("-");
}
