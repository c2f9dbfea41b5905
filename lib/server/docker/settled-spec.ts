import { sameValue } from "#lib/shared/same-value.ts";

/**
 * What engines write into a service's specification where a client has said nothing, by path (`*` is any item of a
 * list). Measured on 20.10: `docker stack deploy` leaves these out, and `GET /services` shows them.
 */
const defaults: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["Mode.Replicated.Replicas", 1],
  ["EndpointSpec.Mode", "vip"],
  ["EndpointSpec.Ports.*.Protocol", "tcp"],
  ["EndpointSpec.Ports.*.PublishMode", "ingress"],
  ["EndpointSpec.Ports.*.PublishedPort", 0],
  ["TaskTemplate.Runtime", "container"],
  ["TaskTemplate.ForceUpdate", 0],
  ["TaskTemplate.RestartPolicy.MaxAttempts", 0],
  ["TaskTemplate.Placement.MaxReplicas", 0],
  ["TaskTemplate.ContainerSpec.Isolation", "default"],
  ["TaskTemplate.ContainerSpec.TTY", false],
  ["TaskTemplate.ContainerSpec.OpenStdin", false],
  ["TaskTemplate.ContainerSpec.ReadOnly", false],
  ["TaskTemplate.ContainerSpec.Privileges.NoNewPrivileges", false],
  ["TaskTemplate.ContainerSpec.Mounts.*.ReadOnly", false],
  ["TaskTemplate.ContainerSpec.Mounts.*.VolumeOptions.NoCopy", false],
  ...["Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"].map(
    (name) => [`TaskTemplate.ContainerSpec.Healthcheck.${name}`, 0] as const,
  ),
  ...["Limits", "Reservations"].flatMap((part) =>
    ["NanoCPUs", "MemoryBytes", "Pids"].map((name) => [`TaskTemplate.Resources.${part}.${name}`, 0] as const),
  ),
  ...["UpdateConfig", "RollbackConfig"].flatMap((part) => [
    [`${part}.FailureAction`, "pause"] as const,
    [`${part}.Order`, "stop-first"] as const,
    ...["Delay", "Monitor", "MaxFailureRatio"].map((name) => [`${part}.${name}`, 0] as const),
  ]),
]);

/**
 * A parsed specification without what says nothing: empty members, and values that the engine would put there itself.
 * Two specifications that settle to the same are the same to swarm.
 */
export function settled(value: unknown, path = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => settled(item, `${path}.*`));
  if (!isPlain(value)) return value;
  const kept = Object.entries(value).flatMap(([key, member]) => {
    const at = path === "" ? key : `${path}.${key}`;
    if (isDefault(at, member)) return [];
    const inner = settled(member, at);
    if (!isEmpty(inner)) return [[key, inner] as const];
    // The kind of a mode is told by which member there is, even an empty one.
    return path === "Mode" && member !== null ? [[key, "empty"] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** `parseExactly` writes a number as `number 1`. */
function isDefault(path: string, value: unknown): boolean {
  if (!defaults.has(path)) return false;
  const usual = defaults.get(path);
  // The docker command writes an empty word where nothing was said.
  if (typeof usual === "string") return value === usual || value === "";
  if (typeof usual !== "number" || value === usual) return value === usual;
  return value === `number ${usual}` || (value instanceof ExactNumber && value.source === String(usual));
}

/**
 * What the engine will show of `sent` where it shows `live` now (JSON texts): parts that mean the same stay as they are
 * written there, so that a comparison of the two tells what really changes. Numbers stay as they are written.
 */
export function projectedSpec(live: string, sent: string): string {
  return written(projected(parsed(live), parsed(sent), ""));
}

function projected(live: unknown, sent: unknown, path: string): unknown {
  if (sameValue(settled(live, path), settled(sent, path)) && path !== "") return live;
  if (!isPlain(live) || !isPlain(sent) || path === "Mode") return sent;
  const keys = new Set([...Object.keys(live), ...Object.keys(sent)]);
  const members = [...keys].flatMap((key) => {
    const at = path === "" ? key : `${path}.${key}`;
    if (!(key in sent)) return saysNothing(at, live[key]) ? [[key, live[key]] as const] : [];
    if (!(key in live)) return saysNothing(at, sent[key]) ? [] : [[key, sent[key]] as const];
    return [[key, projected(live[key], sent[key], at)] as const];
  });
  return Object.fromEntries(members);
}

function isEmpty(value: unknown): boolean {
  return sameValue(value, null);
}

function saysNothing(path: string, value: unknown): boolean {
  return isDefault(path, value) || isEmpty(settled(value, path));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** A number as it is written: beyond 2^53 a double lies. */
class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

function parsed(text: string): unknown {
  const exact = (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" ? new ExactNumber(context?.source ?? String(value)) : value;
  return JSON.parse(text, exact as (key: string, value: unknown) => unknown);
}

function written(value: unknown): string {
  if (value instanceof ExactNumber) return value.source;
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${written(member)}`)
    .join(",")}}`;
}
