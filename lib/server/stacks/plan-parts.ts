import { stackLabel } from "#lib/server/docker/map-service.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Present } from "#lib/shared/stacks/preflight.ts";
import type { PartKind, PlannedPart, PlannedReplacement, StackProblem } from "#lib/shared/stacks/types.ts";
import type { FileChoice, WireFiles } from "./file-swaps.ts";
import type { Recording } from "./recorder.ts";
import type { CompareContent, WirePart } from "./same-content.ts";

/** Networks, secrets and configs as the swarm has them. */
export interface StackParts extends WireFiles {
  /** Of the stack alone. */
  readonly networks: readonly { readonly Id?: string; readonly Name?: string }[];
  readonly present: Present;
}

export interface PartsOptions {
  readonly stack: string;
  readonly read: StackParts;
  readonly recording: Recording;
  readonly choices: readonly FileChoice[];
  readonly compare: CompareContent;
  /** Names of the services that will have it once everything is written. */
  readonly usersOf: (kind: FileChoice["kind"], id: string) => readonly string[];
  /** May this content (base64) of a config be shown to who asks? */
  readonly mayShow: (name: string, data: string) => boolean;
}

interface PlannedParts {
  readonly parts: readonly PlannedPart[];
  readonly problems: readonly StackProblem[];
}

/** What a deploy does to networks, secrets and configs. */
export async function planParts(options: PartsOptions): Promise<PlannedParts> {
  const { recording, choices } = options;
  const judged = await Promise.all(recording.parts.map((part) => judgePart(options, part)));
  const touched = judged.map(({ part }) => part);
  const dropped = choices.flatMap((choice) =>
    choice.action === "swap"
      ? []
      : choice.old.map(
          ({ id, name }): PlannedPart => ({
            kind: choice.kind, name, action: "drop", usedBy: options.usersOf(choice.kind, id),
          }), // biome-ignore format: short
        ),
  );
  const going = choices.flatMap(({ kind, old }) => old.map(({ name }) => `${kind} ${name}`));
  const known = new Set([...[...touched, ...dropped].map(({ kind, name }) => `${kind} ${name}`), ...going]);
  const rest = untouched(options).filter(({ kind, name }) => !known.has(`${kind} ${name}`));
  return { parts: [...touched, ...dropped, ...rest], problems: judged.flatMap(({ problems }) => problems) };
}

interface Judged {
  readonly part: PlannedPart;
  readonly problems: readonly StackProblem[];
}

async function judgePart(options: PartsOptions, recorded: Recording["parts"][number]): Promise<Judged> {
  const { stack, read, choices } = options;
  const { kind, id, name, body } = recorded;
  if (kind === "network") return { part: { kind, name, action: "create" }, problems: [] };
  const choice = choices.find((each) => each.kind === kind && each.chosen.name === name);
  if (choice?.action === "swap") {
    const replacement = replacementOf(options, choice);
    return { part: { kind, name: choice.name, action: "replace", replacement }, problems: [] };
  }
  if (id === null) return { part: { kind, name, action: "create" }, problems: [] };
  const now = (kind === "secret" ? read.secrets : read.configs).find(({ ID }) => ID === id);
  const wanted = JSON.parse(body) as NonNullable<WirePart["Spec"]>;
  const unchanged = sameLabels(now?.Spec?.Labels, wanted.Labels);
  const part: PlannedPart = { kind, name, action: unchanged ? "unchanged" : "change" };
  if (now?.Spec?.Labels?.[stackLabel] !== stack)
    return { part, problems: [error(t("deploy.problem.foreign", { name }))] };
  const data = wanted.Data ?? "";
  // A name that the file itself gives is what it says: nothing is put in its place.
  const isOther = !choice && data !== "" && (await options.compare(kind, now, data)) === "different";
  if (!isOther) return { part, problems: [] };
  return { part: { ...part, action: "change" }, problems: [error(t(`deploy.problem.${kind}`, { name }))] };
}

/** Longest text that is compared for whoever looks at a plan, bytes. */
const longestCompared = 64 * 1024;

function replacementOf(
  { usersOf, mayShow }: PartsOptions,
  { kind, chosen, isKnown, old, before, data }: FileChoice,
): PlannedReplacement {
  const content = before?.Spec?.Data;
  const isShown =
    kind === "config" && isKnown && content !== undefined && mayShow(before?.Spec?.Name ?? "", content);
  const [from, to] = isShown ? [textOf(content), textOf(data)] : [null, null];
  return {
    becomes: chosen.name,
    isKnown,
    old: old.map(({ id, name }) => ({ name, usedBy: usersOf(kind, id) })),
    texts: from !== null && to !== null ? { before: from, after: to } : null,
  };
}

/** Null: it is no text, or too long a one. */
function textOf(data: string): string | null {
  if (data.length > (longestCompared * 4) / 3) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(data, "base64"));
  } catch {
    return null;
  }
}

/** What the stack has and the command did not write. */
function untouched({ stack, read, recording }: PartsOptions): readonly PlannedPart[] {
  const used = new Set(
    recording.services.flatMap(({ spec }) =>
      [...spec.matchAll(/"Target":"([^"]+)"/g)].map(([, name]) => name),
    ),
  );
  const rest = (kind: PartKind, names: readonly string[]) =>
    names.map(
      (name): PlannedPart => ({
        kind,
        name,
        action: kind === "network" && used.has(name) ? "unchanged" : "left",
      }),
    );
  const own = (parts: readonly WirePart[]) =>
    parts.filter(({ Spec }) => Spec?.Labels?.[stackLabel] === stack).map(({ Spec }) => String(Spec?.Name));
  return [
    ...rest(
      "network",
      read.networks.map(({ Name }) => String(Name)),
    ),
    ...rest("secret", own(read.secrets)),
    ...rest("config", own(read.configs)),
  ];
}

function sameLabels(
  a: Readonly<Record<string, string>> = {},
  b: Readonly<Record<string, string>> = {},
): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

function error(message: string): StackProblem {
  return { severity: "error", message, file: null, line: null };
}
