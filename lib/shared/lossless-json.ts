/**
 * Changes one member of a JSON text and leaves every other byte as it was: numbers beyond 2^53, the order of keys,
 * escapes and fields this program has never heard of. Paths are object keys from the outside in.
 * Texts are Docker's own answers; a text that is not JSON throws SyntaxError.
 */

/** The text of the value at `path`, exactly as written; null when there is no such member. */
export function jsonAt(text: string, path: readonly string[]): string | null {
  JSON.parse(text);
  let at = skipSpace(text, 0);
  for (const key of path) {
    const member = findMember(text, at, key);
    if (!member) return null;
    at = member.valueStart;
  }
  return text.slice(at, valueEnd(text, at));
}

/**
 * The text with the value at `path` replaced by the JSON text `value`; null removes the member. Missing objects on
 * the way (or null in their place) are made, a new member comes last.
 */
export function withJsonAt(text: string, path: readonly string[], value: string | null): string {
  JSON.parse(text);
  if (value !== null) JSON.parse(value);
  const [key, ...rest] = path;
  if (key === undefined) return value ?? "null";
  const start = skipSpace(text, 0);
  // Only an object can hold a member; null stands for an absent one.
  if (text[start] !== "{") return value === null ? text : withJsonAt("{}", path, value);
  const member = findMember(text, start, key);
  if (!member) return value === null ? text : appendMember(text, start, key, withJsonAt("null", rest, value));
  const { valueStart, valueEnd: end } = member;
  if (value === null && rest.length === 0) return removeMember(text, start, member);
  return text.slice(0, valueStart) + withJsonAt(text.slice(valueStart, end), rest, value) + text.slice(end);
}

/** The texts of the items of a JSON array, exactly as written; none for anything that is not an array. */
export function jsonItems(text: string): readonly string[] {
  JSON.parse(text);
  const items: string[] = [];
  let at = skipSpace(text, 0);
  if (text[at] !== "[") return items;
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== "]") {
    const end = valueEnd(text, at);
    items.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return items;
}

/** JSON.parse calls a reviver with the text a number was written as. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
const exactNumbers: Reviver = (_key, value, context) =>
  typeof value === "number" ? `number ${context.source ?? value}` : value;

/** A JSON text parsed so that two numbers are equal only when they are written alike: beyond 2^53 a double lies. */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, exactNumbers as (key: string, value: unknown) => unknown);
}

interface Member {
  readonly key: string;
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

function* membersOf(text: string, objectStart: number): Generator<Member> {
  if (text[objectStart] !== "{") return;
  let at = skipSpace(text, objectStart + 1);
  while (text[at] === '"') {
    const keyStart = at;
    const keyEnd = valueEnd(text, at);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = valueEnd(text, valueStart);
    yield { key: JSON.parse(text.slice(keyStart, keyEnd)) as string, keyStart, valueStart, valueEnd: end };
    at = skipSpace(text, end);
    if (text[at] !== ",") return;
    at = skipSpace(text, at + 1);
  }
}

function findMember(text: string, objectStart: number, key: string): Member | null {
  for (const member of membersOf(text, objectStart)) if (member.key === key) return member;
  return null;
}

function appendMember(text: string, objectStart: number, key: string, value: string): string {
  const last = [...membersOf(text, objectStart)].at(-1);
  const at = last ? last.valueEnd : objectStart + 1;
  return `${text.slice(0, at)}${last ? "," : ""}${JSON.stringify(key)}:${value}${text.slice(at)}`;
}

function removeMember(text: string, objectStart: number, member: Member): string {
  const members = [...membersOf(text, objectStart)];
  const index = members.findIndex((each) => each.keyStart === member.keyStart);
  const previous = members[index - 1];
  const next = members[index + 1];
  if (previous) return text.slice(0, previous.valueEnd) + text.slice(member.valueEnd);
  return text.slice(0, member.keyStart) + text.slice(next ? next.keyStart : member.valueEnd);
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (" \t\n\r".includes(text[at] ?? "x")) at += 1;
  return at;
}

/** Index after the value that starts at `start`. The text is known to be valid JSON. */
function valueEnd(text: string, start: number): number {
  let at = start;
  let depth = 0;
  do {
    const char = text[at];
    if (char === '"') at = stringEnd(text, at);
    else if (char === "{" || char === "[") {
      depth += 1;
      at += 1;
    } else if (char === "}" || char === "]") {
      depth -= 1;
      at += 1;
    } else if (depth > 0) at += 1;
    else {
      while (at < text.length && !",]} \t\n\r".includes(text[at] ?? "")) at += 1;
    }
  } while (depth > 0);
  return at;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
