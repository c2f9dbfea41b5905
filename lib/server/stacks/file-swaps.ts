import { stackLabel } from "#lib/server/docker/map-service.ts";
import { withJsonAt } from "#lib/shared/lossless-json.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import { pluralOf } from "../cluster/swarm-files/find-file.ts";
import { replaceFile } from "../cluster/swarm-files/replace-file.ts";
import { type CliWrites, namesIn } from "./cli-calls.ts";
import type { CliAnswer, CliRequest } from "./cli-exchange.ts";
import { fileLabel, nameOfContent, type OwnNames } from "./file-names.ts";
import { withKeptOrder } from "./reference-order.ts";
import type { CompareContent, WirePart } from "./same-content.ts";

/** Every secret and config of the swarm. */
export type WireFiles = Readonly<Record<"secrets" | "configs", readonly WirePart[]>>;

/** Which secret or config stands for one of the file, and why. */
export interface FileChoice {
  readonly kind: FileKind;
  /** As the file means it: what the docker command calls it. */
  readonly name: string;
  /** `create`: there was none. `keep`: one has this content. `swap`: a new one gets it. */
  readonly action: "create" | "keep" | "swap";
  readonly chosen: { readonly id: string; readonly name: string };
  /** False: nobody could say whether another one has this content. */
  readonly isKnown: boolean;
  /** With `swap`: what services have until now. */
  readonly before: WirePart | null;
  /** The content that the file has, base64. */
  readonly data: string;
  /** For other contents of the same; nothing needs them once the deploy has succeeded. */
  readonly old: readonly { readonly id: string; readonly name: string }[];
}

export interface FileSwapsOptions {
  readonly stack: string;
  readonly cluster: string;
  /** Makes names from contents. */
  readonly key: string;
  readonly own: OwnNames;
  readonly load: () => Promise<WireFiles>;
  readonly compare: CompareContent;
  /** Ids of secrets and configs that services of the stack have now. */
  readonly used: ReadonlySet<string>;
  /** The specification a service has now; null: there is none. */
  readonly live: (serviceId: string) => string | null;
  /** Contents of the last deploy, where nobody else can say what is in a secret. */
  readonly before: ReadonlySet<string> | null;
  /** A reason not to take this one; null: none. */
  readonly refuse?: (
    choice: Pick<FileChoice, "kind" | "name" | "action"> & { to: string },
  ) => CliAnswer | null;
}

interface CliSide {
  readonly read: (request: CliRequest) => Promise<CliAnswer>;
  readonly writes: CliWrites;
}

/**
 * Stands between the docker command and the swarm (or what records): swarm never changes the content of a secret or config,
 * so another content becomes another one, under a name made from it. The command keeps calling it what the file calls it; what
 * it writes of services gets the real names and ids. Where the contents are the same nothing differs from the command alone.
 */
export function createFileSwaps(options: FileSwapsOptions) {
  const { own, stack } = options;
  const choices = new Map<string, FileChoice>();
  let loaded: Promise<WireFiles> | null = null;
  const items = async (kind: FileKind) => {
    loaded ??= options.load();
    return (await loaded)[pluralOf(kind)];
  };
  /** Those of the stack that are for this name of the file: under itself, and under names made from contents. */
  const versionsOf = async (kind: FileKind, name: string, byContent?: string) =>
    (await items(kind))
      .filter(({ Spec }) => Spec?.Labels?.[stackLabel] === stack)
      .filter(({ Spec }) => Spec?.Labels?.[fileLabel] === name || [name, byContent].includes(Spec?.Name))
      .sort((a, b) => rank(options.used, name, a) - rank(options.used, name, b));
  /** Somebody else's stands under it: the command, and then the engine, say what that means. */
  const isForeign = async (kind: FileKind, name: string) =>
    (await items(kind)).some(({ Spec }) => Spec?.Name === name && Spec.Labels?.[stackLabel] !== stack);

  async function choose(
    writes: CliWrites,
    kind: FileKind,
    { name, data, body }: { readonly name: string; readonly data: string; readonly body: string },
  ): Promise<CliAnswer> {
    const byContent = nameOfContent(options.key, options.cluster, { kind, name, data });
    const versions = await versionsOf(kind, name, byContent);
    const found = await findSame(options, kind, versions, { byContent, data });
    const target = found.same ?? null;
    const action = versions.length === 0 ? "create" : target ? "keep" : "swap";
    const to = target ? nameOf(target) : action === "create" ? name : byContent;
    const refusal = options.refuse?.({ kind, name, action, to }) ?? null;
    if (refusal) return refusal;
    const sent = named(body, {
      name,
      to,
      label: target ? target.Spec?.Labels?.[fileLabel] : to === name ? undefined : name,
    });
    const answer = target
      ? await writes.updatePart(kind, idOf(target), sent, String(target.Version?.Index ?? 0))
      : await writes.createPart(kind, sent);
    if (answer.status >= 400) return answer;
    const id = target ? idOf(target) : (JSON.parse(answer.body) as { ID: string }).ID;
    const old = versions
      .filter((each) => each !== target)
      .map((each) => ({ id: idOf(each), name: nameOf(each) }));
    const before = action === "swap" ? (versions[0] ?? null) : null;
    choices.set(`${kind} ${name}`, {
      kind, name, action, before, data, old, chosen: { id, name: to }, isKnown: found.isKnown,
    }); // biome-ignore format: short
    return { status: 201, body: JSON.stringify({ ID: id }) };
  }

  /** Null: it is none that Shoal may put another in the place of. */
  async function ownPart(kind: FileKind, body: string) {
    const { Name: name = "", Data: data = "" } = JSON.parse(body) as NonNullable<WirePart["Spec"]>;
    return data !== "" && own[kind].has(name) && !(await isForeign(kind, name)) ? { name, data, body } : null;
  }

  const withRealNames = (spec: string) =>
    [...choices.values()].reduce(
      (text, { kind, chosen }) => replaceFile(text, kind, chosen, chosen) ?? text,
      spec,
    );

  function through({ read, writes }: CliSide): CliSide {
    return {
      async read(request) {
        const [, list = "", ref] = /^\/(secrets|configs)(?:\/([\w.-]+))?$/.exec(request.path) ?? [];
        if (list === "") return read(request);
        const kind = list === "secrets" ? "secret" : "config";
        if (ref === undefined) return withChosen(await read(request), request, choicesOf(kind));
        if (!own[kind].has(ref)) return read(request);
        const [first] = await versionsOf(kind, ref);
        return first && !(await isForeign(kind, ref)) ? called(first, ref) : read(request);
      },
      writes: {
        ...writes,
        async createPart(kind, body) {
          const part = await ownPart(kind, body);
          return part ? choose(writes, kind, part) : writes.createPart(kind, body);
        },
        async updatePart(kind, id, body, version) {
          const part = await ownPart(kind, body);
          if (part === null) return writes.updatePart(kind, id, body, version);
          const answer = await choose(writes, kind, part);
          return answer.status >= 400 ? answer : { status: 200, body: "" };
        },
        createService: (body) => writes.createService(withKeptOrder(withRealNames(body), null)),
        updateService: (id, body) =>
          writes.updateService(id, withKeptOrder(withRealNames(body), options.live(id))),
      },
    };
  }

  const choicesOf = (kind: FileKind) => [...choices.values()].filter((choice) => choice.kind === kind);
  return { through, choices: (): readonly FileChoice[] => [...choices.values()] };
}

/** What secrets and configs of a stack's file become in the swarm. */
export type FileSwaps = ReturnType<typeof createFileSwaps>;

const idOf = ({ ID = "" }: WirePart) => ID;
const nameOf = ({ Spec }: WirePart) => Spec?.Name ?? "";

/** What services have comes first, so that no task is replaced without need; then the plain name. */
function rank(used: ReadonlySet<string>, name: string, item: WirePart): number {
  return (used.has(idOf(item)) ? 0 : 2) + (nameOf(item) === name ? 0 : 1);
}

async function findSame(
  { compare, before }: FileSwapsOptions,
  kind: FileKind,
  versions: readonly WirePart[],
  { byContent, data }: { readonly byContent: string; readonly data: string },
): Promise<{ readonly same?: WirePart; readonly isKnown: boolean }> {
  let isKnown = true;
  for (const item of versions) {
    const sameness = await compare(kind, item, data);
    // The engine does not say: a name made from the content, or the last deploy, may.
    const isTold =
      nameOf(item) === byContent || (item === versions[0] && before !== null && before.has(data));
    if (sameness === "same" || (sameness === "unknown" && isTold)) return { same: item, isKnown: true };
    if (sameness === "unknown" && before === null) isKnown = false;
  }
  return { isKnown };
}

/** The body with the real name, and with the label that says which of the file it is. */
function named(
  body: string,
  { name, to, label }: { name: string; to: string; label: string | undefined },
): string {
  const text = to === name ? body : withJsonAt(body, ["Name"], JSON.stringify(to));
  return label === undefined ? text : withJsonAt(text, ["Labels", fileLabel], JSON.stringify(label));
}

/** As the command knows it. */
function called(item: WirePart, name: string): CliAnswer {
  return { status: 200, body: JSON.stringify({ ...item, Spec: { ...item.Spec, Name: name } }) };
}

/** A list of secrets or configs in which the names of the file mean what was chosen for them. */
function withChosen(answer: CliAnswer, { query }: CliRequest, choices: readonly FileChoice[]): CliAnswer {
  const wanted = namesIn(query.get("filters"));
  const swapped = choices.filter(({ name, chosen }) => chosen.name !== name && wanted.has(name));
  if (answer.status !== 200 || swapped.length === 0) return answer;
  const hidden = new Set(swapped.map(({ name }) => name));
  const listed = (JSON.parse(answer.body) as readonly WirePart[]).filter((item) => !hidden.has(nameOf(item)));
  const at = new Date(0).toISOString();
  const added = swapped.map(({ name, chosen }) => ({
    ID: chosen.id, Version: { Index: 1 }, CreatedAt: at, UpdatedAt: at, Spec: { Name: name },
  })); // biome-ignore format: one line
  return { status: 200, body: JSON.stringify([...listed, ...added]) };
}
