/**
 * Values as YAML in blocks, for files that people read on. Text is quoted as JSON wherever YAML could take it for
 * something else; JSON's quotes are YAML's. Empty lists and objects and what is undefined are left out.
 */
export function yamlText(value: Readonly<Record<string, unknown>>): string {
  return members(value, "").join("\n").concat("\n");
}

function members(value: Readonly<Record<string, unknown>>, indent: string): readonly string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    if (isNothing(member)) return [];
    const name = `${indent}${scalar(key)}:`;
    if (Array.isArray(member)) return [name, ...items(member, `${indent}  `)];
    if (typeof member === "object" && member !== null)
      return [name, ...members(member as Record<string, unknown>, `${indent}  `)];
    return [`${name} ${scalar(member)}`];
  });
}

function items(list: readonly unknown[], indent: string): readonly string[] {
  return list.flatMap((item) => {
    if (typeof item !== "object" || item === null) return [`${indent}- ${scalar(item)}`];
    const [first = "", ...rest] = members(item as Record<string, unknown>, `${indent}  `);
    return [`${indent}- ${first.trimStart()}`, ...rest];
  });
}

/** An empty object that is meant stands for itself: `{}` is written for null. */
function isNothing(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === "object" && value !== null && Object.values(value).every(isNothing);
}

function scalar(value: unknown): string {
  if (value === null) return "{}";
  if (typeof value !== "string") return String(value);
  // Plain only where no reader of YAML sees a number, a date, a boolean or a mark in it.
  const isPlain = /^[A-Za-z_/][\w./-]*$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain
    ? value
    : JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
