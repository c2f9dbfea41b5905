import { expect, it } from "vitest";
import { type Alphabet, alphabets, randomValue } from "./random-value.ts";

it.each(Object.keys(alphabets) as Alphabet[])(
  "every character of %s is as likely as every other",
  (alphabet) => {
    // Every byte once, in order: what is not used is what does not fill a round.
    let at = 0;
    const counting = (bytes: Uint8Array) => bytes.map(() => at++ % 256);
    const { length } = alphabets[alphabet];
    const rounds = Math.floor(256 / length);
    const text = randomValue(alphabet, length * rounds, counting);
    expect(text).toBe(alphabets[alphabet].repeat(rounds));
    expect(randomValue(alphabet, 33, counting)).toHaveLength(33);
  },
);
