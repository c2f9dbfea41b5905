import { type Answer, ask, type Hijacked, hijack, pathOf, type Sending, until } from "./engine.ts";
import { noted, type Recording, type Shown, shownBy } from "./recording.ts";

/** A swarm to be asked: sockets of its engines, the only manager first. */
export interface Swarm {
  readonly sockets: readonly string[];
  /** The version that all calls without one use. */
  readonly version: string;
  /** Cuts the power of the last node. */
  killLast(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into here and there, of any shape.
type Json = any;

export interface EventWords {
  readonly type: readonly string[];
  readonly node?: number;
  /** Only events whose actor's name (or id) holds this. */
  readonly about: string;
  /** Waits for the last one that is to come: its action. */
  readonly last: string;
  /** Kinds of events that may come any number of times. */
  readonly ignore?: RegExp;
  readonly timeoutMs?: number;
}

/** One area's walk over a swarm. What it calls by name is recorded; the rest is set-up. */
export class Subject {
  readonly swarm: Swarm;
  readonly area: string;
  readonly shown: Shown[] = [];

  constructor(swarm: Swarm, area: string) {
    this.swarm = swarm;
    this.area = area;
  }

  /** Calls without recording. */
  ask(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const { node = 0, version = this.swarm.version } = sending;
    return ask(this.socket(node), method, pathOf(path, sending.query, version), sending);
  }

  async json(path: string, sending: Sending = {}): Promise<Json> {
    const { text } = await this.ask("GET", path, sending);
    return JSON.parse(text) as Json;
  }

  /** Calls and records under a name. Answers the parsed JSON, or null. */
  async call(name: string, method: string, path: string, sending: Sending = {}): Promise<Json> {
    const answer = await this.ask(method, path, sending);
    this.shown.push(shownBy(this.area, name, answer));
    try {
      return JSON.parse(answer.text) as Json;
    } catch {
      return null;
    }
  }

  note(name: string, value: unknown): void {
    this.shown.push(noted(this.area, name, value));
  }

  /** Takes a connection over and records what came. */
  async hijack(
    name: string,
    path: string,
    options: {
      node?: number;
      body?: object;
      query?: Sending["query"];
      dialogue?: readonly { after: string; send: string }[];
      onOpen?: () => Promise<void>;
    },
  ): Promise<Hijacked> {
    const { node = 0, body = null, query, dialogue, onOpen } = options;
    const said = await hijack(
      this.socket(node),
      pathOf(path, query, this.swarm.version),
      body,
      dialogue,
      onOpen,
    );
    // How many pieces a text comes in is chance: `<1>` stands where the stream changes.
    const text = said.text.replace(
      /(\p{Cc})\0{3}[\s\S]{4}/gu,
      (_, stream: string) => `<${stream.charCodeAt(0)}>`,
    );
    const merged = text
      .replace(/(<[12]>)([^<]*)(?=<)/g, "$1$2")
      .replace(
        /(<[12]>)([^<]*)(?:\1([^<]*))+/g,
        (all, stream: string) => stream + all.replaceAll(stream, ""),
      );
    this.note(name, `${said.status} ${said.type}\n${merged}`);
    return said;
  }

  until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
    return until(`${this.area}: ${what}`, look);
  }

  /** Records the events that an operation causes: type, action and the names of attributes, repeats once. */
  async events(
    name: string,
    { type, node = 0, about, last, ignore, timeoutMs }: EventWords,
    run: () => Promise<unknown>,
  ): Promise<void> {
    const lines: string[] = [];
    let isOver = false;
    let opened = () => {};
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const path = pathOf("/events", { filters: { type } }, this.swarm.version);
    const following = ask(this.socket(node), "GET", path, {
      ...(timeoutMs && { timeoutMs }),
      until: (text) => {
        lines.length = 0;
        for (const line of text.split("\n").slice(0, -1)) {
          const told = JSON.parse(line) as Json;
          const attributes = told.Actor.Attributes as Record<string, string>;
          const actor = `${attributes.name ?? ""} ${told.Actor.ID} ${attributes.container ?? ""}`;
          if (!actor.includes(about) || ignore?.test(told.Action)) continue;
          const entry = `${told.Type} ${told.Action} ${told.scope} {${Object.keys(attributes).sort().join(" ")}} ${Object.keys(told).sort().join(" ")}`;
          if (lines.at(-1) !== entry) lines.push(entry);
          if (told.Action === last || `${told.Action} ${attributes["updatestate.new"]}` === last)
            isOver = true;
          // Whether more of it has come by now is chance.
          if (isOver) break;
        }
        return isOver;
      },
    });
    // An engine answers /events with its first event: one of ours says that it listens.
    setTimeout(opened, 150);
    await open;
    await run();
    await following;
    this.note(name, lines);
  }

  private socket(node: number): string {
    const path = this.swarm.sockets.at(node);
    if (path === undefined) throw new Error(`no node ${node}`);
    return path;
  }
}

export type Area = (subject: Subject) => Promise<void>;

/** Walks over all areas, one after another. */
export async function record(
  swarm: Swarm,
  areas: Readonly<Record<string, Area>>,
  tell = (_: string) => {},
): Promise<Recording> {
  const recording: Shown[] = [];
  for (const [name, area] of Object.entries(areas)) {
    const started = Date.now();
    const subject = new Subject(swarm, name);
    try {
      await area(subject);
    } catch (error) {
      subject.note(
        "the walk ends",
        `not to its end: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    tell(`${name}: ${subject.shown.length} calls in ${Date.now() - started} ms`);
    recording.push(...subject.shown);
  }
  return recording;
}
