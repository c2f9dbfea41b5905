/** Characters of a random value. Without those that read alike. */
export const alphabets = {
  letters: "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789",
  symbols: "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%*+-.:=?@_~",
  hex: "0123456789abcdef",
} as const;
export type Alphabet = keyof typeof alphabets;

export const valueLength = { least: 8, most: 512, usual: 32 } as const;

/** A random text of so many characters, each as likely as every other. `random` fills an array with random bytes. */
export function randomValue(
  alphabet: Alphabet,
  length: number,
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
): string {
  const characters = alphabets[alphabet];
  // Bytes beyond a whole number of rounds would make the first characters likelier.
  const usable = 256 - (256 % characters.length);
  let text = "";
  while (text.length < length) {
    for (const byte of random(new Uint8Array(64))) {
      if (byte < usable && text.length < length) text += characters[byte % characters.length];
    }
  }
  return text;
}
