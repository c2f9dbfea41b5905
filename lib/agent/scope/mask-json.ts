import { Transform } from "node:stream";
import { maskedValue } from "#lib/shared/agent/scope.ts";
import { type MaskKind, maskKindOf, maskText } from "./mask-spots.ts";
import type { MaskName } from "./rules.ts";

/** Docker's documents are about ten deep. */
const deepest = 200;
/** Longest text that is read in order to hide a part of it; a longer one is hidden whole. Bytes. */
const longestText = 256 * 1024;
/** Longest key that can be one of those we look for. Bytes. */
const longestKey = 256;

/** One object or list we are in. */
interface Frame {
  readonly isList: boolean;
  /** Key under which it stands; a list's items stand under the list's own. */
  readonly name: string | null;
  readonly parent: string | null;
  /** The member we are at. */
  key: string | null;
  expectsKey: boolean;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Hides texts in one JSON document that flows through, and leaves every other byte as it was (numbers of any size,
 * order, spelling). It holds no more than the text it is at. What is not one whole JSON document is an error: better
 * no answer than one with something in it that we did not understand.
 */
export class MaskJson extends Transform {
  private readonly mask: MaskName;
  private readonly frames: Frame[] = [];
  /** What goes on of the piece that is being read. */
  private out: Buffer[] = [];
  private started = false;
  private inString = false;
  private escaped = false;
  /** The text we are in, where it is a key or to be hidden: its bytes so far, without quotes. */
  private kept: Buffer[] | null = null;
  private keptBytes = 0;
  private kind: MaskKind | null = null;

  constructor(mask: MaskName) {
    super();
    this.mask = mask;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    try {
      this.scan(chunk);
      // In one piece: each would be a write of its own further on.
      if (this.out.length > 0) this.push(Buffer.concat(this.out));
      this.out = [];
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: (error?: Error) => void): void {
    const whole = this.started && !this.inString && this.frames.length === 0;
    done(whole ? undefined : new Error("the engine's answer ended in the middle of its JSON"));
  }

  /** Passes on everything but hidden texts, in as few pieces as there are hidden texts. */
  private scan(chunk: Buffer): void {
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (!this.inString) {
        this.structure(chunk[at] as number);
        at += 1;
        // A text that is hidden goes on only when it has been read whole; its opening quote goes on now.
        if (this.inString && this.kind !== null) {
          this.pass(chunk, from, at);
          from = at;
        }
        continue;
      }
      const end = this.endOfText(chunk, at);
      this.keep(chunk, at, end);
      at = end;
      if (at === chunk.length) break;
      const hidden = this.kind !== null;
      this.closeText();
      if (hidden) from = at;
      at += 1;
    }
    if (!(this.inString && this.kind !== null)) this.pass(chunk, from, chunk.length);
  }

  private pass(chunk: Buffer, from: number, to: number): void {
    if (to > from) this.out.push(chunk.subarray(from, to));
  }

  /** Index of the quote that ends the text, or the chunk's length. */
  private endOfText(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.length; at += 1) {
      if (this.escaped) this.escaped = false;
      else if (chunk[at] === backslash) this.escaped = true;
      else if (chunk[at] === quote) return at;
    }
    return chunk.length;
  }

  private keep(chunk: Buffer, from: number, to: number): void {
    if (this.kept === null) return;
    this.keptBytes += to - from;
    if (this.keptBytes <= longestText) this.kept.push(Buffer.from(chunk.subarray(from, to)));
    else this.kept.length = 0;
  }

  /** A byte outside of texts. */
  private structure(byte: number): void {
    const frame = this.frames.at(-1);
    if (frame === undefined && this.started && !isSpace(byte)) {
      // A document that is one bare word or number goes on; a second document does not.
      if (byte === openObject || byte === openList || byte === quote) throw notJson();
    }
    if (byte === quote) this.openText(frame);
    else if (byte === openObject || byte === openList) this.open(byte === openList, frame);
    else if (byte === closeObject || byte === closeList) this.close(byte === closeList, frame);
    else if (byte === comma && frame) frame.expectsKey = !frame.isList;
    else if (byte === colon && frame) frame.expectsKey = false;
    if (!isSpace(byte)) this.started = true;
  }

  private open(isList: boolean, outer: Frame | undefined): void {
    if (this.frames.length >= deepest) throw new Error("the engine's answer is nested too deeply");
    const name = outer === undefined ? null : outer.isList ? outer.name : outer.key;
    const parent = outer === undefined ? null : outer.isList ? outer.parent : outer.name;
    this.frames.push({ isList, name, parent, key: null, expectsKey: !isList });
  }

  private close(isList: boolean, frame: Frame | undefined): void {
    if (frame?.isList !== isList) throw notJson();
    this.frames.pop();
  }

  private openText(frame: Frame | undefined): void {
    this.inString = true;
    this.escaped = false;
    this.keptBytes = 0;
    this.kind = frame?.expectsKey ? null : this.kindOf(frame);
    this.kept = frame?.expectsKey || this.kind !== null ? [] : null;
  }

  private closeText(): void {
    const frame = this.frames.at(-1);
    if (this.kind !== null) {
      this.out.push(Buffer.from(JSON.stringify(this.hidden(this.kind, frame?.key ?? null)).slice(1, -1)));
    } else if (this.kept !== null && frame) {
      frame.key = this.keptBytes <= longestKey ? this.text() : null;
    }
    this.inString = false;
    this.kept = null;
    this.kind = null;
  }

  private kindOf(frame: Frame | undefined): MaskKind | null {
    if (frame === undefined) return null;
    // A text of a list, of an object (each member an option), or a member itself.
    const around = maskKindOf(this.mask, frame.name, frame.parent);
    if (around === "environment" && frame.isList) return around;
    if (around === "options" && !frame.isList) return around;
    const own = maskKindOf(this.mask, frame.key, frame.name);
    return (own === "data" || own === "history") && !frame.isList ? own : null;
  }

  private hidden(kind: MaskKind, key: string | null): string {
    return this.keptBytes > longestText ? maskedValue : maskText(kind, this.text(), key);
  }

  /** The text that was kept, its escapes resolved. */
  private text(): string {
    return JSON.parse(`"${Buffer.concat(this.kept ?? []).toString("utf8")}"`) as string;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function notJson(): Error {
  return new Error("the engine's answer is not JSON");
}
