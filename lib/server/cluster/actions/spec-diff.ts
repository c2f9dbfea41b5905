import { labelsOf, textOf, textsOf } from "#lib/server/docker/hostile.ts";
import type { WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { SpecChange } from "#lib/shared/api/history.ts";
import type { SpecField } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, parseExactly, withJsonAt } from "#lib/shared/lossless-json.ts";
import { sameValue } from "#lib/shared/same-value.ts";
import { specInWords } from "./spec-words.ts";

/** Most raw paths told of one difference; the rest are counted. */
const mostRaw = 40;
/** Longest text of a value, characters. */
const longest = 300;

/** Groups whose fields need the group's name beside them. */
const ambiguous = [
  "actions.spec.health", "actions.spec.restart", "actions.spec.update", "actions.spec.rollback", "actions.spec.logging",
] as const; // biome-ignore format: one list

/** Parts of a specification that have words of their own: a difference below them is told by the words. */
const worded = [
  "Name", "Labels", "Mode", "UpdateConfig", "RollbackConfig", "EndpointSpec", "TaskTemplate.Resources",
  "TaskTemplate.RestartPolicy", "TaskTemplate.Placement", "TaskTemplate.Networks", "TaskTemplate.LogDriver",
  "TaskTemplate.ForceUpdate",
  ...[
    "Image", "Labels", "Command", "Args", "Hostname", "Env", "Dir", "User", "Groups", "TTY", "ReadOnly", "Init",
    "StopSignal", "StopGracePeriod", "Mounts", "Hosts", "DNSConfig", "Healthcheck", "Secrets", "Configs", "Isolation",
    "CapabilityAdd", "CapabilityDrop", "Sysctls", "Ulimits",
  ].map((name) => `TaskTemplate.ContainerSpec.${name}`),
]; // biome-ignore format: lists of names

/**
 * What is different between two specifications (JSON texts), in words. Of environment variables and options of log
 * drivers only names are told, of fields without words only the path: their values may be secret. `networks` gives
 * names for network ids.
 */
export function specChanges(
  before: string,
  after: string,
  networks: ReadonlyMap<string, string> = new Map(),
): readonly SpecChange[] {
  return [...wordedChanges(parse(before), parse(after), networks), ...rawChanges(before, after)];
}

function wordedChanges(
  from: WireServiceSpec,
  to: WireServiceSpec,
  networks: ReadonlyMap<string, string>,
): readonly SpecChange[] {
  return [...restartChange(from, to), ...fieldChanges(from, to, networks), ...secretChanges(from, to)];
}

function parse(text: string): WireServiceSpec {
  return (JSON.parse(text) ?? {}) as WireServiceSpec;
}

function restartChange(from: WireServiceSpec, to: WireServiceSpec): readonly SpecChange[] {
  const [a, b] = [from.TaskTemplate?.ForceUpdate ?? 0, to.TaskTemplate?.ForceUpdate ?? 0];
  return a === b ? [] : [{ label: t("history.restartCounter"), before: String(a), after: String(b) }];
}

interface Named {
  readonly label: string;
  readonly field: SpecField;
}

/** Fields of the readable specification by group and label. Service labels are a field here, too. */
function fieldsOf(spec: WireServiceSpec, networks: ReadonlyMap<string, string>): Map<string, Named> {
  const groups = specInWords(spec, networks);
  const fields = new Map<string, Named>();
  for (const { title, fields: inGroup } of groups) {
    for (const field of inGroup) {
      // "Delay" says nothing without its group; "Image" does.
      const label = ambiguous.some((key) => title === t(key)) ? `${title}: ${field.label}` : field.label;
      fields.set(`${title} ${field.label}`, { label, field });
    }
  }
  const labels = Object.entries(labelsOf(spec.Labels)).map(([key, value]) => `${key}=${value}`);
  if (labels.length > 0) {
    const label = t("history.serviceLabels");
    fields.set("labels", { label, field: { label, value: labels } });
  }
  return fields;
}

function fieldChanges(
  from: WireServiceSpec,
  to: WireServiceSpec,
  networks: ReadonlyMap<string, string>,
): readonly SpecChange[] {
  const [a, b] = [fieldsOf(from, networks), fieldsOf(to, networks)];
  const keys = [...new Set([...b.keys(), ...a.keys()])];
  return keys.flatMap((key) => {
    const [old, now] = [a.get(key), b.get(key)];
    const label = now?.label ?? old?.label ?? key;
    return change(label, old?.field.value, now?.field.value);
  });
}

type FieldValue = SpecField["value"] | undefined;

function change(label: string, old: FieldValue, now: FieldValue): readonly SpecChange[] {
  if (typeof old === "object" || typeof now === "object") {
    const [a, b] = [listed(old), listed(now)];
    const added = b.filter((line) => !a.includes(line)).map(short);
    const removed = a.filter((line) => !b.includes(line)).map(short);
    if (added.length === 0 && removed.length === 0) {
      return a.join("\n") === b.join("\n")
        ? []
        : [{ label, before: short(a.join(", ")), after: short(b.join(", ")) }];
    }
    return [{ label, before: null, after: null, added, removed }];
  }
  if (old === now) return [];
  return [
    { label, before: old === undefined ? null : short(old), after: now === undefined ? null : short(now) },
  ];
}

function listed(value: FieldValue): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Variables and log options that keep their name and get another value: the value itself is never told. */
function secretChanges(from: WireServiceSpec, to: WireServiceSpec): readonly SpecChange[] {
  const env = altered(variables(from), variables(to));
  const options = altered(logOptions(from), logOptions(to));
  return [
    ...(env.length > 0 ? [{ label: t("actions.spec.env"), before: null, after: null, altered: env }] : []),
    ...(options.length > 0
      ? [{ label: t("actions.spec.logOptions"), before: null, after: null, altered: options }]
      : []),
  ];
}

function altered(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] {
  return [...b].flatMap(([name, value]) => (a.has(name) && a.get(name) !== value ? [short(name)] : []));
}

function variables(spec: WireServiceSpec): ReadonlyMap<string, string> {
  const lines = textsOf(spec.TaskTemplate?.ContainerSpec?.Env, 1 << 20);
  return new Map(lines.map((line) => [line.split("=", 1)[0] ?? "", line]));
}

function logOptions(spec: WireServiceSpec): ReadonlyMap<string, string> {
  const options = labelsOf(spec.TaskTemplate?.LogDriver?.Options);
  return new Map(Object.entries(options).map(([name, value]) => [name, textOf(value, 1 << 20)]));
}

/** Differences that no words stand for, by path: of fields without words, and within worded ones what words leave out. */
function rawChanges(before: string, after: string): readonly SpecChange[] {
  const paths: string[] = [];
  walk("", parseExactly(before), parseExactly(after), paths);
  const told = paths.filter((path) => !isWorded(path, before, after));
  const shown = told
    .slice(0, mostRaw)
    .map((path): SpecChange => ({ label: path, before: null, after: null, raw: true }));
  const rest = told.length - shown.length;
  if (rest === 0) return shown;
  return [...shown, { label: t("history.morePaths", { n: rest }), before: null, after: null, raw: true }];
}

/** Do the words show the difference at this path? Asked of the words themselves: with only its part exchanged. */
function isWorded(path: string, before: string, after: string): boolean {
  const part = worded.find((each) => path === each || path.startsWith(`${each}.`));
  if (part === undefined) return false;
  const keys = part.split(".");
  const exchanged = withJsonAt(before, keys, jsonAt(after, keys));
  return wordedChanges(parse(before), parse(exchanged), new Map()).length > 0;
}

function walk(path: string, a: unknown, b: unknown, paths: string[]): void {
  if (sameValue(a, b)) return;
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      walk(path === "" ? key : `${path}.${key}`, a[key], b[key], paths);
    }
    return;
  }
  paths.push(short(path === "" ? t("history.everything") : path));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
