/**
 * A JSON text with one member a line, every value as it was written. JSON.parse and back would change numbers beyond
 * 2^53 and how characters are escaped.
 */
export function prettyJson(text: string): string {
  let [out, depth] = ["", 0];
  const newLine = () => `\n${"  ".repeat(depth)}`;
  for (const token of tokensOf(text)) {
    if (token === "{" || token === "[") {
      depth += 1;
      out += token + newLine();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      const open = token === "}" ? "{" : "[";
      const isEmpty = out.trimEnd().endsWith(open);
      out = isEmpty ? out.trimEnd() + token : out + newLine() + token;
    } else if (token === ",") out += token + newLine();
    else out += token === ":" ? ": " : token;
  }
  return out;
}

/** The same text without white space between values. */
export function compactJson(text: string): string {
  return tokensOf(text).join("");
}

function tokensOf(text: string): readonly string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
}

/** The first name that an object of the text has twice, as a path; null: there is none. Throws SyntaxError. */
export function doubledMember(text: string): string | null {
  JSON.parse(text);
  const open: { names: Set<string> | null; last: string }[] = [];
  const tokens = tokensOf(text);
  for (const [index, token] of tokens.entries()) {
    const inside = open.at(-1);
    if (token === "{" || token === "[") open.push({ names: token === "{" ? new Set() : null, last: "" });
    else if (token === "}" || token === "]") open.pop();
    else if (inside?.names && tokens[index + 1] === ":") {
      inside.last = JSON.parse(token) as string;
      if (inside.names.has(inside.last))
        return open
          .map(({ last }) => last)
          .filter(Boolean)
          .join(".");
      inside.names.add(inside.last);
    }
  }
  return null;
}
