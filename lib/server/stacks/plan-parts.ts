import { stackLabel } from "#lib/server/docker/map-service.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Present } from "#lib/shared/stacks/preflight.ts";
import type { PartKind, PlannedPart, StackProblem } from "#lib/shared/stacks/types.ts";
import type { Recording } from "./recorder.ts";

interface WirePart {
  readonly ID?: string;
  readonly Spec?: {
    readonly Name?: string;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly Data?: string;
  };
}

/** Networks, secrets and configs as the swarm has them. */
export interface StackParts {
  /** Of the stack alone. */
  readonly networks: readonly { readonly Id?: string; readonly Name?: string }[];
  readonly secrets: readonly WirePart[];
  readonly configs: readonly WirePart[];
  readonly present: Present;
}

/**
 * What a deploy does to networks, secrets and configs. `before`: the contents (base64) of the files of the last deploy; null
 * where they are not known. Of a secret that exists nobody can read the content.
 */
export function planParts(
  stack: string,
  read: StackParts,
  recording: Recording,
  before: ReadonlySet<string> | null,
): { readonly parts: readonly PlannedPart[]; readonly problems: readonly StackProblem[] } {
  const problems: StackProblem[] = [];
  const touched = recording.parts.map(({ kind, id, name, body }): PlannedPart => {
    if (id === null) return { kind, name, action: "create" };
    const now = (kind === "secret" ? read.secrets : read.configs).find(({ ID }) => ID === id);
    const wanted = JSON.parse(body) as NonNullable<WirePart["Spec"]>;
    const isOther = kind === "config" && now?.Spec?.Data !== undefined && now.Spec.Data !== wanted.Data;
    if (isOther) problems.push(error(t("deploy.problem.config", { name })));
    if (now?.Spec?.Labels?.[stackLabel] !== stack)
      problems.push(error(t("deploy.problem.foreign", { name })));
    const isNewSecret = kind === "secret" && before !== null && !before.has(wanted.Data ?? "");
    if (isNewSecret) problems.push({ ...error(t("deploy.problem.secret", { name })), severity: "warning" });
    const isSame = !isOther && sameLabels(now?.Spec?.Labels, wanted.Labels);
    return { kind, name, action: isSame ? "unchanged" : "change" };
  });
  const known = new Set(touched.map(({ kind, name }) => `${kind} ${name}`));
  const used = new Set(
    recording.services.flatMap(({ spec }) =>
      [...spec.matchAll(/"Target":"([^"]+)"/g)].map(([, name]) => name),
    ),
  );
  const rest = (kind: PartKind, names: readonly string[]) =>
    names
      .filter((name) => !known.has(`${kind} ${name}`))
      .map(
        (name): PlannedPart => ({
          kind,
          name,
          action: kind === "network" && used.has(name) ? "unchanged" : "left",
        }),
      );
  const own = (parts: readonly WirePart[]) =>
    parts.filter(({ Spec }) => Spec?.Labels?.[stackLabel] === stack).map(({ Spec }) => String(Spec?.Name));
  const parts = [
    ...touched,
    ...rest(
      "network",
      read.networks.map(({ Name }) => String(Name)),
    ),
    ...rest("secret", own(read.secrets)),
    ...rest("config", own(read.configs)),
  ];
  return { parts, problems };
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
