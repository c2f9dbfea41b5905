const [quote, backslash, comma, openBrace, closeBrace, openBracket, closeBracket] = Buffer.from('"\\,{}[]');
const spaces: ReadonlySet<number | undefined> = new Set(Buffer.from(" \t\r\n"));

/**
 * Cuts the items out of a JSON array that arrives in pieces, so that a list of 100,000 tasks is never in memory as a text and as
 * objects at once, and its parsing lets others work in between. Only the outermost brackets are followed: what an item
 * holds is for `onItem` to parse. An answer of `null` has no items, as Go writes empty lists.
 */
export class JsonItems {
  readonly #onItem: (text: string) => void;
  /** Bytes of the item that has begun, of earlier pieces. */
  #begun: Buffer[] = [];
  #depth = 0;
  #inText = false;
  #escaped = false;
  #state: "before" | "items" | "after" = "before";
  #head = "";
  /** After a comma an item must come. */
  #owed = false;

  /** `onItem` gets each item's text, exactly as it was written. */
  constructor(onItem: (text: string) => void) {
    this.#onItem = onItem;
  }

  /** Takes the next bytes. Throws a SyntaxError for what is no array, and whatever `onItem` throws. */
  push(chunk: Buffer): void {
    let start = 0;
    let at = this.#state === "items" ? 0 : this.#pushHead(chunk);
    if (this.#state === "items" && at > 0) start = at;
    for (; at < chunk.length && this.#state === "items"; at += 1) {
      const byte = chunk[at];
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inText = false;
      } else if (byte === quote) this.#inText = true;
      else if (byte === openBrace || byte === openBracket) this.#depth += 1;
      else if (this.#depth > 0) {
        if (byte === closeBrace || byte === closeBracket) this.#depth -= 1;
      } else if (byte === comma || byte === closeBracket) {
        this.#finish(chunk.subarray(start, at), byte === comma);
        start = at + 1;
        if (byte === closeBracket) this.#state = "after";
      }
    }
    if (this.#state === "items") this.#begun.push(chunk.subarray(start));
    else if (this.#state === "after" && !isBlank(chunk.subarray(at))) throw notAnArray();
  }

  /** The bytes are over. Throws a SyntaxError when the array is not. */
  end(): void {
    if (this.#state === "after" || this.#head.trim() === "null") return;
    throw notAnArray();
  }

  /** Looks for the opening bracket; answers where the items begin. */
  #pushHead(chunk: Buffer): number {
    if (this.#state === "after") return 0;
    let at = 0;
    while (spaces.has(chunk[at])) at += 1;
    if (this.#head === "" && chunk[at] === openBracket) {
      this.#state = "items";
      return at + 1;
    }
    this.#head = `${this.#head}${chunk.toString("latin1", at)}`.trimEnd();
    if (!"null".startsWith(this.#head)) throw notAnArray();
    return chunk.length;
  }

  #finish(rest: Buffer, hasNext: boolean): void {
    const bytes = this.#begun.length === 0 ? rest : Buffer.concat([...this.#begun, rest]);
    this.#begun = [];
    if (isBlank(bytes) && !hasNext && !this.#owed) return;
    this.#owed = hasNext;
    this.#onItem(bytes.toString("utf8"));
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => spaces.has(byte));
}

function notAnArray(): SyntaxError {
  return new SyntaxError("not a whole JSON array");
}
