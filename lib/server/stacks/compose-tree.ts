import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackProblem } from "#lib/shared/stacks/types.ts";

/** A compose file as plain values, and where each of them stands. */
export interface ComposeTree {
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly StackProblem[];
  /** The line of a value by its keys from the outside in; of its nearest parent where it has none of its own. */
  lineOf(path: readonly string[]): number | null;
  /** Every place where a mapping names this key, wherever it is. */
  keysNamed(name: string): readonly { readonly line: number; readonly value: unknown }[];
}

/** A file that means more than this is an attack, or a mistake: aliases multiply. */
const mostNodes = 50_000;
const deepest = 100;
const plainTags = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * Reads YAML without believing it: no tags, no directives, no second document, no key twice, no alias in itself, and no
 * more values than a person could have meant. What is refused here is never handed to the docker command, so that
 * both read the same.
 */
export function readComposeTree(file: string, text: string): ComposeTree {
  const lines = new LineCounter();
  const problems: StackProblem[] = [];
  const problem = (message: string, offset: number | null) =>
    problems.push({
      severity: "error",
      file,
      message,
      line: offset === null ? null : lines.linePos(offset).line || 1,
    });
  const strange = strangeCharacter(text);
  let document: Document.Parsed | null = null;
  if (strange === null) document = parse(text, lines, problem);
  else {
    problems.push({
      severity: "error", file, line: text.slice(0, strange).split("\n").length,
      message: t("deploy.problem.encoding", { code: codeOf(text, strange) }),
    }); // biome-ignore format: short
  }
  const reader = new Reader(lines, problem);
  const value = problems.length === 0 && document ? reader.read(document.contents) : null;
  return {
    file,
    value,
    problems,
    lineOf: (path) => reader.lineOf(path),
    keysNamed: (name) => reader.named(name),
  };
}

type Report = (message: string, offset: number | null) => void;

function parse(text: string, lines: LineCounter, problem: Report): Document.Parsed | null {
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      merge: true,
      // The parser compares every key with every other: 40,000 of them would stop the server for minutes.
      uniqueKeys: false,
      prettyErrors: false,
      strict: true,
      logLevel: "error",
    });
    const exhausted = document.errors.some(({ code }) => code === "RESOURCE_EXHAUSTION");
    if (exhausted) problem(t("deploy.problem.deep", { n: deepest }), 0);
    for (const { code, message, pos } of exhausted ? [] : document.errors.slice(0, 20)) {
      const isSecond = code === "MULTIPLE_DOCS";
      problem(
        isSecond ? t("deploy.problem.documents") : t("deploy.problem.yaml", { error: message }),
        pos[0],
      );
    }
    const { yaml, tags } = document.directives;
    if (yaml.explicit || Object.keys(tags).some((handle) => handle !== "!!"))
      problem(t("deploy.problem.directive"), 0);
    return document;
  } catch (error) {
    // A stack that overflows: thousands of brackets in each other.
    if (!(error instanceof RangeError)) throw error;
    problem(t("deploy.problem.deep", { n: deepest }), null);
    return null;
  }
}

/** Control characters stand for another encoding than UTF-8, or for something hidden. */
function strangeCharacter(text: string): number | null {
  const found = /(?![\t\n\r])[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffd]/u.exec(text);
  return found ? found.index : null;
}

function codeOf(text: string, at: number): string {
  return `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0")}`;
}

class Reader {
  private readonly places = new Map<string, number>();
  private readonly keys: { readonly name: string; readonly line: number; readonly value: unknown }[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private nodes = 0;
  private stopped = false;
  private readonly lines: LineCounter;
  private readonly problem: Report;

  constructor(lines: LineCounter, problem: Report) {
    this.lines = lines;
    this.problem = problem;
  }

  read(node: unknown): unknown {
    return this.value(node as Node | null, []);
  }

  lineOf(path: readonly string[]): number | null {
    for (let length = path.length; length > 0; length -= 1) {
      const line = this.places.get(placeKey(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return null;
  }

  named(name: string) {
    return this.keys.filter((key) => key.name === name);
  }

  private value(node: Node | null, path: readonly string[]): unknown {
    if (node === null || this.stopped) return null;
    this.nodes += 1;
    if (this.nodes > mostNodes) return this.stop(t("deploy.problem.bomb", { n: mostNodes }), node);
    if (path.length > deepest) return this.stop(t("deploy.problem.deep", { n: deepest }), node);
    if (isAlias(node)) return this.followed(node.source, node, path);
    const { anchor, tag } = node as { anchor?: string; tag?: string };
    if (anchor !== undefined) this.anchors.set(anchor, node);
    // A tag that is written in the file: `!!binary` decodes, and others mean something to other readers.
    if (tag !== undefined && !plainTags.has(tag))
      this.problem(t("deploy.problem.tag", { tag }), offsetOf(node));
    if (isScalar(node)) return node.value;
    if (isSeq(node))
      return node.items.map((item, index) =>
        this.value(item as Node, this.at(path, String(index), item as Node)),
      );
    if (isMap(node)) return this.mapping(node.items as readonly Pair[], path);
    return null;
  }

  private mapping(items: readonly Pair[], path: readonly string[]): Record<string, unknown> {
    const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    // Explicit members replace merged ones, wherever the merge key stands.
    const merged: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const pair of items) {
      if (!isPair(pair)) continue;
      if (isMerge(pair)) {
        this.merge(pair.value as Node | null, path, merged);
        continue;
      }
      const key = this.value(pair.key as Node | null, path);
      if (typeof key === "object" && key !== null) {
        this.problem(t("deploy.problem.key"), offsetOf(pair.key as Node));
        continue;
      }
      const name = String(key);
      if (Object.hasOwn(found, name))
        this.problem(t("deploy.problem.keyTwice", { name }), offsetOf(pair.key as Node));
      const inner = this.value(pair.value as Node | null, this.at(path, name, pair.key as Node));
      this.keys.push({ name, line: this.lineAt(pair.key as Node), value: inner });
      found[name] = inner;
    }
    return Object.assign(merged, found);
  }

  private merge(node: Node | null, path: readonly string[], into: Record<string, unknown>): void {
    const sources = isSeq(node) ? (node.items as readonly Node[]) : [node];
    for (const source of [...sources].reverse()) {
      const value = this.value(source, path);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) Object.assign(into, value);
      else if (!this.stopped) this.problem(t("deploy.problem.merge"), offsetOf(source));
    }
  }

  private followed(name: string, alias: Node, path: readonly string[]): unknown {
    const target = this.anchors.get(name);
    if (!target) return this.stop(t("deploy.problem.anchor", { name }), alias);
    if (this.open.has(target)) return this.stop(t("deploy.problem.cycle", { name }), alias);
    this.open.add(target);
    const value = this.value(target, path);
    this.open.delete(target);
    return value;
  }

  private stop(message: string, node: Node): null {
    if (!this.stopped) this.problem(message, offsetOf(node));
    this.stopped = true;
    return null;
  }

  private at(path: readonly string[], key: string, node: Node | null): readonly string[] {
    const next = [...path, key];
    // Where a part comes in several times (merges), its own place wins.
    this.places.set(placeKey(next), this.lineAt(node));
    return next;
  }

  private lineAt(node: Node | null): number {
    const offset = node && offsetOf(node);
    return offset == null ? 1 : this.lines.linePos(offset).line || 1;
  }
}

const placeKey = (path: readonly string[]) => path.join("\0");

function offsetOf(node: Node | null): number | null {
  return node?.range?.[0] ?? null;
}

function isMerge(pair: Pair): boolean {
  return isScalar(pair.key) && (pair.key.value === "<<" || typeof pair.key.value === "symbol");
}
