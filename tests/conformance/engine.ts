import { type IncomingMessage, request } from "node:http";
import { text as readText } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

/** What an engine answered. */
export interface Answer {
  readonly status: number;
  /** Without parameters; empty where there is none. */
  readonly type: string;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

export interface Sending {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, unknown>>;
  /** Index of the node; the manager is 0 and the last one is a worker. */
  readonly node?: number;
  /** `v1.41`; left out: the newest that both speak. Null: none. */
  readonly version?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends an answer that goes on once this is true of its text. */
  readonly until?: (text: string) => boolean;
  readonly timeoutMs?: number;
}

/** `/services?filters={"name":["web"]}` */
export function pathOf(path: string, query: Sending["query"], version: string | null): string {
  const words = Object.entries(query ?? {}).map(([key, value]) => {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return `${key}=${encodeURIComponent(text)}`;
  });
  const head = version === null ? path : `/${version}${path}`;
  return words.length === 0 ? head : `${head}?${words.join("&")}`;
}

/** One call over a unix socket. An answer that goes on is read until `until`, or for half a second. */
export async function ask(
  socketPath: string,
  method: string,
  path: string,
  sending: Sending,
): Promise<Answer> {
  const { body, headers, until, timeoutMs = until ? 8_000 : 20_000 } = sending;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({
      socketPath,
      method,
      path,
      agent: false,
      headers: { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers },
    });
    asked.on("response", resolve).on("error", reject);
    asked.setTimeout(40_000, () => asked.destroy(new Error(`${method} ${path} was not answered`)));
    asked.end(body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body));
  });
  const text = await readUntil(answer, until ?? (() => false), timeoutMs);
  const type = (answer.headers["content-type"] ?? "").split(";")[0] ?? "";
  return { status: answer.statusCode ?? 0, type, headers: answer.headers, text };
}

async function readUntil(
  answer: IncomingMessage,
  until: (text: string) => boolean,
  timeoutMs: number,
): Promise<string> {
  let text = "";
  const giveUp = setTimeout(() => answer.destroy(), timeoutMs);
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      text += chunk.toString("latin1");
      if (until(text)) break;
    }
  } catch {
    // Cut off: what came is what there is.
  }
  clearTimeout(giveUp);
  answer.destroy();
  return text;
}

/** What came over a connection that was taken over. */
export interface Hijacked {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Takes a connection over (exec, attach), sends each line when the text before it has come, and answers all that came. */
export async function hijack(
  socketPath: string,
  path: string,
  body: object | null,
  dialogue: readonly { readonly after: string; readonly send: string }[] = [],
  onOpen: () => Promise<void> = async () => {},
): Promise<Hijacked> {
  return new Promise((resolve, reject) => {
    const text = body === null ? "" : JSON.stringify(body);
    const asked = request({
      socketPath,
      method: "POST",
      path,
      agent: false,
      headers: {
        Connection: "Upgrade",
        Upgrade: "tcp",
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(text),
      },
    });
    asked.on("error", reject).on("response", (answer) => {
      readText(answer).then(
        (said) =>
          resolve({ status: answer.statusCode ?? 0, type: answer.headers["content-type"] ?? "", text: said }),
        reject,
      );
    });
    asked.on("upgrade", (answer, socket, head) => {
      const left = [...dialogue];
      let heard = head.toString("latin1");
      let from = 0;
      const speak = () => {
        for (let next = left[0]; next && heard.indexOf(next.after, from) >= 0; next = left[0]) {
          from = heard.indexOf(next.after, from) + next.after.length;
          if (next.send === "END") socket.end();
          else socket.write(next.send);
          left.shift();
        }
      };
      const done = () => {
        clearTimeout(giveUp);
        socket.destroy();
        resolve({ status: answer.statusCode ?? 0, type: answer.headers["content-type"] ?? "", text: heard });
      };
      const giveUp = setTimeout(done, 6_000);
      socket.on("data", (chunk: Buffer) => {
        heard += chunk.toString("latin1");
        speak();
      });
      socket.on("end", done).on("error", done);
      onOpen().then(speak, reject);
    });
    asked.end(text);
  });
}

/** Looks until it holds; answers what was seen. Throws after 30 s. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs / 1000} s for ${what}`);
    await pause(60);
  }
}
