import "#lib/shared/i18n/pages/edit.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import { joinCommand, splitCommand } from "../terminal/split-command.ts";

/** What was typed, as a value of the specification (null: nothing, the member goes), or what is wrong with it. */
export type Typed = { readonly value: unknown } | { readonly problem: Phrase };

/** How a value of a specification is typed by a person, in the words of the docker command. */
export interface Codec {
  readonly input: "text" | "lines" | "choice";
  readonly choices?: readonly string[];
  /** Empty: nothing is set. */
  readonly show: (value: unknown) => string;
  /** `base` is the value that was shown: what was not touched in it stays as it is. */
  readonly read: (text: string, base: unknown) => Typed;
}

/** Stands for a line break inside of one line. */
const lineBreak = "␤";

const bad = (key: Parameters<typeof phrase>[0], text: string): Typed => ({
  problem: phrase(key, { text: text.length > 60 ? `${text.slice(0, 59)}…` : text }),
});

/** A codec for one line. */
function line(show: Codec["show"], parse: (text: string) => Typed): Codec {
  const read: Codec["read"] = (text, base) => {
    const typed = text.trim();
    if (typed === "") return { value: null };
    return typed === show(base) ? { value: base } : parse(typed);
  };
  return { input: "text", show, read };
}

export const textCodec = line(
  (value) => (typeof value === "string" ? value : ""),
  (text) => ({ value: text }),
);

export const countCodec = line(
  (value) => (typeof value === "number" ? String(value) : ""),
  (text) => (/^\d{1,15}$/.test(text) ? { value: Number(text) } : bad("edit.problem.count", text)),
);

export const ratioCodec = line(
  (value) => (typeof value === "number" ? String(value) : ""),
  (text) => {
    const value = Number(text);
    return value >= 0 && value <= 1 ? { value } : bad("edit.problem.ratio", text);
  },
);

/** One of some words; empty: not set. */
export function choiceCodec(choices: readonly string[]): Codec {
  return { ...textCodec, input: "choice", choices };
}

/** Yes, no, or not said. */
export const switchCodec: Codec = {
  input: "choice",
  choices: ["true", "false"],
  show: (value) => (typeof value === "boolean" ? String(value) : ""),
  read: (text) => ({ value: text === "" ? null : text === "true" }),
};

const nanos: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** Nanoseconds, typed as `1m30s`. */
export const durationCodec = line(showDuration, (text) => {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)];
  if (text === "0") return { value: 0 };
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== text)
    return bad("edit.problem.duration", text);
  return {
    value: Math.round(parts.reduce((sum, [, n, unit = ""]) => sum + Number(n) * (nanos[unit] ?? 0), 0)),
  };
});

function showDuration(value: unknown): string {
  if (typeof value !== "number") return "";
  if (value === 0) return "0s";
  let rest = value;
  let text = "";
  for (const unit of ["h", "m", "s", "ms", "us", "ns"]) {
    const size = nanos[unit] ?? 1;
    const n = Math.floor(rest / size);
    if (n > 0) text += `${n}${unit}`;
    rest -= n * size;
  }
  return text;
}

const sizes = ["", "K", "M", "G", "T"];

/** Bytes, typed as `64M`; units of 1024 as the docker command has them. */
export const bytesCodec = line(
  (value) => {
    if (typeof value !== "number") return "";
    let [n, unit] = [value, 0];
    while (n > 0 && n % 1024 === 0 && unit < sizes.length - 1) {
      n /= 1024;
      unit += 1;
    }
    return `${n}${sizes[unit]}`;
  },
  (text) => {
    const parts = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text);
    if (!parts) return bad("edit.problem.bytes", text);
    return { value: Math.round(Number(parts[1]) * 1024 ** sizes.indexOf((parts[2] ?? "").toUpperCase())) };
  },
);

/** NanoCPUs, typed as a number of processors. */
export const cpusCodec = line(
  (value) => (typeof value === "number" ? String(value / 1e9) : ""),
  (text) =>
    /^\d+(\.\d{1,9})?$/.test(text)
      ? { value: Math.round(Number(text) * 1e9) }
      : bad("edit.problem.cpus", text),
);

/** A command as one types it, with quotes. */
export const commandCodec = line(
  (value) => (Array.isArray(value) ? joinCommand(value.map(String)) : ""),
  (text) => {
    const words = splitCommand(text);
    return words === null ? bad("edit.problem.quote", text) : { value: words };
  },
);

/** One item a line. Items whose line was not touched stay the very same, with members that no form knows. */
export function linesCodec(showOne: (item: unknown) => string, readOne: (line: string) => Typed): Codec {
  const show: Codec["show"] = (value) => (Array.isArray(value) ? value.map(showOne).join("\n") : "");
  const read: Codec["read"] = (text, base) => {
    const known = Array.isArray(base) ? [...base] : [];
    const items: unknown[] = [];
    for (const typed of text.split("\n").map((each) => each.trim())) {
      if (typed === "") continue;
      const same = known.findIndex((item) => showOne(item).trim() === typed);
      if (same >= 0) items.push(...known.splice(same, 1));
      else {
        const item = readOne(typed);
        if ("problem" in item) return item;
        items.push(item.value);
      }
    }
    return { value: items.length > 0 ? items : null };
  };
  return { input: "lines", show, read };
}

/** Texts, one a line. */
export const listCodec = linesCodec(
  (item) => String(item).replaceAll("\n", lineBreak),
  (text) => ({ value: text.replaceAll(lineBreak, "\n") }),
);

/** `NAME=value`, one a line. */
export const envCodec = linesCodec(
  (item) => String(item).replaceAll("\n", lineBreak),
  (text) => {
    const name = text.split("=", 1)[0] ?? "";
    return name.trim() === "" || /\s/.test(name)
      ? bad("edit.problem.variable", name)
      : { value: text.replaceAll(lineBreak, "\n") };
  },
);

/** `key=value` pairs, one a line. */
export const mapCodec: Codec = {
  input: "lines",
  show: (value) =>
    Object.entries(isObject(value) ? value : {})
      .map(([key, each]) => `${key}=${String(each)}`.replaceAll("\n", lineBreak))
      .join("\n"),
  read: (text) => {
    const pairs: Record<string, string> = {};
    for (const typed of text.split("\n").map((each) => each.trim())) {
      if (typed === "") continue;
      const at = typed.indexOf("=");
      if (at === 0) return bad("edit.problem.pair", typed);
      const key = at < 0 ? typed : typed.slice(0, at);
      pairs[key] = at < 0 ? "" : typed.slice(at + 1).replaceAll(lineBreak, "\n");
    }
    return { value: Object.keys(pairs).length > 0 ? pairs : null };
  },
};

/** Reads `a=b,c,d=e` into its members; a member without a value is `true`. Values with commas are quoted whole. */
export function csvMembers(text: string): ReadonlyMap<string, string> {
  const parts = text.match(/"[^"]*"|[^,]+/g) ?? [];
  return new Map(
    parts.map((part) => {
      const plain = part.replace(/^"|"$/g, "");
      const at = plain.indexOf("=");
      return at < 0 ? [plain, "true"] : [plain.slice(0, at), plain.slice(at + 1)];
    }),
  );
}

/** Writes what `csvMembers` reads. */
export function csvText(
  members: readonly (readonly [string, string | number | boolean | undefined])[],
): string {
  return members
    .filter(([, value]) => value !== undefined && value !== "" && value !== false)
    .map(([key, value]) => (value === true ? key : `${key}=${value}`))
    .map((part) => (part.includes(",") ? `"${part}"` : part))
    .join(",");
}

/** Is it an object that is no list? */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A problem with a member of a line. */
export function badMember(
  key: "edit.problem.member" | "edit.problem.missing" | "edit.problem.port",
  text: string,
): Typed {
  return bad(key, text);
}
