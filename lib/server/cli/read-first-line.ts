import type { Readable } from "node:stream";

/**
 * The first line sent to standard input, without its line end. Null for a terminal (nobody is asked to type
 * a secret that shows) and for an input that ends without a character, as that of a script or `docker exec`.
 */
export async function readFirstLine(input: Readable & { readonly isTTY?: boolean }): Promise<string | null> {
  if (input.isTTY) return null;
  let text = "";
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  const line = text.split("\n")[0]?.replace(/\r$/, "") ?? "";
  return line === "" ? null : line;
}
