import "#lib/shared/i18n/pages/files.ts";
import { useState } from "react";
import type { Phrase } from "#lib/shared/i18n/phrase.ts";
import { type FileKind, sizeProblem } from "#lib/shared/swarm-files/limits.ts";
import { type Alphabet, randomValue, valueLength } from "#lib/shared/swarm-files/random-value.ts";

export type ContentWay = "text" | "file" | "random";

/** What somebody gives a new secret or config to hold. It lives in the form alone. */
export interface Content {
  readonly way: ContentWay;
  readonly text: string;
  readonly file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | null;
  readonly random: { readonly alphabet: Alphabet; readonly length: number; readonly value: string };
}

const make = (alphabet: Alphabet, length: number) => ({
  alphabet,
  length,
  value: randomValue(alphabet, length, (bytes) => crypto.getRandomValues(bytes)),
});

export interface ContentForm {
  readonly content: Content;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What is wrong with it; null: nothing. */
  readonly problem: Phrase | null;
  readonly set: (part: Partial<Content>) => void;
  /** Another value, of another kind or length. */
  readonly generate: (alphabet: Alphabet, length: number) => void;
}

/** The content of a new secret or config while it is typed, chosen or generated. */
export function useContent(kind: FileKind): ContentForm {
  const [content, setContent] = useState<Content>(() => ({
    way: "text",
    text: "",
    file: null,
    random: make("letters", valueLength.usual),
  }));
  const bytes = bytesOf(content);
  return {
    content,
    bytes,
    problem: sizeProblem(kind, bytes.length),
    set: (part) => setContent({ ...content, ...part }),
    generate: (alphabet, length) => {
      const fits = Math.min(Math.max(Math.round(length) || 0, valueLength.least), valueLength.most);
      setContent({ ...content, random: make(alphabet, fits) });
    },
  };
}

function bytesOf({ way, text, file, random }: Content): Uint8Array<ArrayBuffer> {
  if (way === "file") return file?.bytes ?? new Uint8Array();
  return new TextEncoder().encode(way === "text" ? text : random.value);
}

/** Base64 of any number of bytes: a call with all of them as arguments would be too much for the browser. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(text);
}
