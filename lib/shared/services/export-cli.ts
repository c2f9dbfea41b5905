import { jsonAt } from "../lossless-json.ts";
import { joinCommand } from "../terminal/split-command.ts";
import { isObject } from "./codec.ts";
import { type FieldId, modeKeys, serviceField, serviceModes } from "./fields.ts";

/** Options of `docker service create` that take what a field's codec shows: one, or one a line. */
const options: readonly (readonly [FieldId, string])[] = [
  ["labels", "label"], ["containerLabels", "container-label"], ["env", "env"], ["workdir", "workdir"], ["user", "user"],
  ["groups", "group"], ["hostname", "hostname"], ["stopSignal", "stop-signal"], ["stopGrace", "stop-grace-period"],
  ["limitCpu", "limit-cpu"], ["limitMemory", "limit-memory"], ["limitPids", "limit-pids"], ["reserveCpu", "reserve-cpu"],
  ["reserveMemory", "reserve-memory"], ["reserveGeneric", "generic-resource"], ["ulimits", "ulimit"],
  ["healthInterval", "health-interval"], ["healthTimeout", "health-timeout"], ["healthRetries", "health-retries"],
  ["healthStartPeriod", "health-start-period"], ["healthStartInterval", "health-start-interval"],
  ["updateParallelism", "update-parallelism"], ["updateDelay", "update-delay"], ["updateOrder", "update-order"],
  ["updateFailure", "update-failure-action"], ["updateMonitor", "update-monitor"], ["updateRatio", "update-max-failure-ratio"],
  ["rollbackParallelism", "rollback-parallelism"], ["rollbackDelay", "rollback-delay"], ["rollbackOrder", "rollback-order"],
  ["rollbackFailure", "rollback-failure-action"], ["rollbackMonitor", "rollback-monitor"],
  ["rollbackRatio", "rollback-max-failure-ratio"], ["restartCondition", "restart-condition"], ["restartDelay", "restart-delay"],
  ["restartAttempts", "restart-max-attempts"], ["restartWindow", "restart-window"], ["constraints", "constraint"],
  ["preferences", "placement-pref"], ["maxPerNode", "replicas-max-per-node"], ["endpointMode", "endpoint-mode"],
  ["dnsServers", "dns"], ["dnsSearch", "dns-search"], ["dnsOptions", "dns-option"], ["mounts", "mount"],
  ["secrets", "secret"], ["configs", "config"], ["capAdd", "cap-add"], ["capDrop", "cap-drop"], ["sysctls", "sysctl"],
  ["logDriver", "log-driver"], ["logOptions", "log-opt"],
]; // biome-ignore format: pairs

/** The value of a field in a specification (JSON text); null: not set. */
function fieldValue(spec: string, id: FieldId): unknown {
  return JSON.parse(jsonAt(spec, serviceField(id).path) ?? "null");
}

/**
 * A `docker service create` that makes the service again. Networks of the specification are named by `networks`, by id.
 */
export function cliCommand(spec: string, networks: ReadonlyMap<string, string>): string {
  const shown = (id: FieldId) => {
    const value = fieldValue(spec, id);
    return value === null ? "" : serviceField(id).codec.show(value);
  };
  const flags: (readonly string[])[] = [["--name", String(JSON.parse(jsonAt(spec, ["Name"]) ?? '""'))]];
  flags.push(...modeFlags(spec, shown));
  for (const [id, option] of options) {
    const { codec } = serviceField(id);
    const text = shown(id);
    if (text === "") continue;
    const values = codec.input === "lines" ? text.split("\n") : [text];
    for (const value of values) flags.push([`--${option}`, value.replaceAll("␤", "\n")]);
  }
  for (const [id, option] of [
    ["tty", "tty"],
    ["readOnly", "read-only"],
  ] as const) {
    if (fieldValue(spec, id) === true) flags.push([`--${option}`]);
  }
  if (fieldValue(spec, "init") === true) flags.push(["--init"]);
  flags.push(
    ...healthFlags(fieldValue(spec, "healthTest")),
    ...networkFlags(fieldValue(spec, "networks"), networks),
  );
  flags.push(...portFlags(fieldValue(spec, "ports")), ...hostFlags(fieldValue(spec, "hosts")));
  const command = words(fieldValue(spec, "command"));
  if (command.length > 0) flags.push(["--entrypoint", joinCommand(command)]);
  const image = String(fieldValue(spec, "image") ?? "");
  const end = joinCommand([image, ...words(fieldValue(spec, "args"))]);
  return `docker service create \\\n${flags.map((flag) => `  ${joinCommand(flag)} \\\n`).join("")}  ${end}\n`;
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function modeFlags(spec: string, shown: (id: FieldId) => string): readonly (readonly string[])[] {
  const mode = serviceModes.find((each) => jsonAt(spec, ["Mode", modeKeys[each]]) !== null) ?? "replicated";
  const flags: (readonly string[])[] = mode === "replicated" ? [] : [["--mode", mode]];
  const replicas = shown(mode === "replicated-job" ? "completions" : "replicas");
  if (replicas !== "") flags.push(["--replicas", replicas]);
  if (shown("concurrent") !== "") flags.push(["--max-concurrent", shown("concurrent")]);
  return flags;
}

/** The command knows a check as one text for a shell. */
function healthFlags(test: unknown): readonly (readonly string[])[] {
  const [kind, ...rest] = words(test);
  if (kind === "NONE") return [["--no-healthcheck"]];
  if (kind === "CMD-SHELL") return [["--health-cmd", rest.join(" ")]];
  return kind === "CMD" ? [["--health-cmd", joinCommand(rest)]] : [];
}

function networkFlags(value: unknown, names: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  return objects(value).map((network) => {
    const target = String(network.Target ?? "");
    const aliases = words(network.Aliases).map((alias) => `,alias=${alias}`);
    return ["--network", `name=${names.get(target) ?? target}${aliases.join("")}`];
  });
}

function portFlags(value: unknown): readonly (readonly string[])[] {
  return objects(value).map((port) => {
    const published = port.PublishedPort ? `published=${String(port.PublishedPort)},` : "";
    const mode = port.PublishMode === "host" ? ",mode=host" : "";
    const text = `${published}target=${String(port.TargetPort)},protocol=${String(port.Protocol ?? "tcp")}${mode}`;
    return ["--publish", text];
  });
}

/** `10.0.0.1 name other` of the engine is `name:10.0.0.1` of the command, once for each name. */
function hostPairs(value: unknown): readonly string[] {
  return words(value).flatMap((line) => {
    const [address = "", ...names] = line.split(/\s+/);
    return names.map((name) => `${name}:${address}`);
  });
}

function hostFlags(value: unknown): readonly (readonly string[])[] {
  return hostPairs(value).map((pair) => ["--host", pair]);
}

/** The objects of a list. */
function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
