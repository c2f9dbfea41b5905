import "#lib/shared/i18n/pages/containers.ts";
import type { ContainerCreate } from "#lib/shared/containers/schemas.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";

/** The form of a new container as it is typed. */
export interface CreateForm {
  readonly node: string;
  readonly image: string;
  readonly name: string;
  readonly command: string;
  readonly entrypoint: string;
  /** One per line: NAME=value. */
  readonly env: string;
  /** One per line: 8080:80, 127.0.0.1:53:53/udp, 80. */
  readonly ports: string;
  /** One per line: data:/var/lib/data, /srv:/srv:ro. */
  readonly mounts: string;
  /** One per line. */
  readonly networks: string;
  /** One per line: key=value. */
  readonly labels: string;
  readonly restart: "no" | "always" | "unless-stopped" | "on-failure";
  readonly user: string;
  readonly workdir: string;
  readonly hostname: string;
  /** "512m", "1g". */
  readonly memory: string;
  /** "0.5". */
  readonly cpus: string;
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly autoRemove: boolean;
  readonly start: boolean;
}

export const emptyForm: CreateForm = {
  node: "",
  image: "",
  name: "",
  command: "",
  entrypoint: "",
  env: "",
  ports: "",
  mounts: "",
  networks: "",
  labels: "",
  restart: "no",
  user: "",
  workdir: "",
  hostname: "",
  memory: "",
  cpus: "",
  tty: false,
  stdin: false,
  autoRemove: false,
  start: true,
};

export type FormErrors = Partial<Record<keyof CreateForm, Phrase>>;

/** The lines that say something. */
export const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** A command as a shell would split it: words, "quoted words" and \ before a letter. Null: a quote is not closed. */
export function splitCommand(text: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === "\\" && quote !== "'" && at + 1 < text.length) {
      at += 1;
      word = (word ?? "") + text.charAt(at);
    } else if (quote !== "") {
      if (letter === quote) quote = "";
      else word = (word ?? "") + letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= "";
    } else if (/\s/.test(letter)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + letter;
  }
  if (quote !== "") return null;
  return word === null ? words : [...words, word];
}

type Port = NonNullable<ContainerCreate["ports"]>[number];
type Mount = NonNullable<ContainerCreate["mounts"]>[number];

/** `[address:][published:]target[/protocol]`; null: it is not that. */
export function parsePort(line: string): Port | null {
  const match = /^(?:(?:(\[[0-9a-fA-F:.]+\]|[0-9.]+):)?(\d*):)?(\d+)(?:\/(tcp|udp|sctp))?$/.exec(line);
  if (!match) return null;
  const [, address, published, target, protocol] = match;
  const inRange = (value: string | undefined) => !value || (Number(value) > 0 && Number(value) < 65_536);
  if (!inRange(target) || !inRange(published)) return null;
  return {
    target: Number(target),
    ...(published && { published: Number(published) }),
    ...(protocol && { protocol: protocol as "tcp" | "udp" | "sctp" }),
    ...(address && { address: address.replace(/^\[|\]$/g, "") }),
  };
}

/** `source:target[:ro]`, or a target alone for a new volume; a source that is a path is a bind. */
export function parseMount(line: string): Mount | null {
  const match = /^(?:([^:]+):)?(\/[^:]*)(?::(ro|rw))?$/.exec(line);
  if (!match) return null;
  const [, source, target, mode] = match;
  return {
    type: source?.startsWith("/") ? "bind" : "volume",
    ...(source !== undefined && { source }),
    target: target ?? "",
    ...(mode === "ro" && { readOnly: true }),
  };
}

const units: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
};

/** "512m", "1.5 GB": bytes; null: it is not that. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim());
  return match ? Math.round(Number(match[1]) * (units[(match[2] ?? "").toLowerCase()] ?? 1)) : null;
}

/** What to send, or what is wrong with single fields. */
export function readForm(form: CreateForm): { body: ContainerCreate | null; errors: FormErrors } {
  const errors: FormErrors = {};
  const check = <T>(field: keyof CreateForm, value: T | null, problem: Phrase): T | undefined => {
    if (value !== null) return value;
    errors[field] = problem;
    return undefined;
  };
  const each = <T>(field: "ports" | "mounts", parse: (line: string) => T | null) =>
    linesOf(form[field]).flatMap(
      (line) => check(field, parse(line), phrase(`containers.form.bad.${field}`, { line })) ?? [],
    );
  const image = form.image.trim();
  if (image === "") errors.image = phrase("containers.form.bad.image");
  if (form.node === "") errors.node = phrase("containers.form.bad.node");
  const quote = phrase("containers.form.bad.quote");
  const command = check("command", splitCommand(form.command), quote) ?? [];
  const entrypoint = check("entrypoint", splitCommand(form.entrypoint), quote) ?? [];
  const ports = each("ports", parsePort);
  const mounts = each("mounts", parseMount);
  const memory =
    form.memory.trim() === ""
      ? undefined
      : check("memory", parseSize(form.memory), phrase("containers.form.bad.memory"));
  const cpus = form.cpus.trim().replace(",", ".");
  const isCpus = cpus === "" || (/^\d+(\.\d+)?$/.test(cpus) && Number(cpus) > 0);
  if (!isCpus) errors.cpus = phrase("containers.form.bad.cpus");
  if (form.autoRemove && form.restart !== "no") errors.autoRemove = phrase("containers.form.bad.autoRemove");
  if (Object.keys(errors).length > 0) return { body: null, errors };

  const text = (field: "name" | "user" | "workdir" | "hostname") =>
    form[field].trim() === "" ? {} : { [field]: form[field].trim() };
  const some = <T>(field: string, list: readonly T[]) => (list.length === 0 ? {} : { [field]: list });
  const flag = (field: "tty" | "stdin" | "autoRemove") => (form[field] ? { [field]: true } : {});
  const labels = linesOf(form.labels).map((line): [string, string] => {
    const at = line.indexOf("=");
    return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
  });
  const body: ContainerCreate = {
    node: form.node,
    image,
    ...text("name"),
    ...some("command", command),
    ...some("entrypoint", entrypoint),
    ...some("env", linesOf(form.env)),
    ...some("ports", ports),
    ...some("mounts", mounts),
    ...some("networks", linesOf(form.networks)),
    ...(labels.length > 0 && { labels: Object.fromEntries(labels) }),
    ...(form.restart !== "no" && { restart: { policy: form.restart } }),
    ...text("user"),
    ...text("workdir"),
    ...text("hostname"),
    ...(memory !== undefined && { memoryBytes: memory }),
    ...(cpus !== "" && { nanoCpus: Math.round(Number(cpus) * 1e9) }),
    ...flag("tty"),
    ...flag("stdin"),
    ...flag("autoRemove"),
    ...(form.start ? {} : { start: false }),
  };
  return { body, errors };
}
