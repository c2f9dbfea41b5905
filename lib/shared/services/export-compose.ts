import { jsonAt } from "../lossless-json.ts";
import { isObject } from "./codec.ts";
import { fieldValue, hostPairs, objects } from "./export-cli.ts";
import { type FieldId, modeKeys, serviceField, serviceModes } from "./fields.ts";
import { yamlText } from "./yaml-text.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * A compose file that `docker stack deploy` makes the service from. What it uses is named as it is in the swarm, so
 * networks, secrets and configs are external.
 */
export function composeFile(spec: string, networks: ReadonlyMap<string, string>): string {
  const get = (id: FieldId) => fieldValue(spec, id) ?? undefined;
  const shown = (id: FieldId) => {
    const value = fieldValue(spec, id);
    return value === null ? undefined : serviceField(id).codec.show(value);
  };
  const name = String(JSON.parse(jsonAt(spec, ["Name"]) ?? '""'));
  const mounts = objects(get("mounts"));
  const attached = objects(get("networks")).map(
    (each) => [networks.get(String(each.Target)) ?? String(each.Target), each.Aliases] as const,
  );
  const service = {
    image: get("image"),
    entrypoint: get("command"),
    command: get("args"),
    working_dir: get("workdir"),
    user: get("user"),
    hostname: get("hostname"),
    init: get("init"),
    tty: get("tty") === true ? true : undefined,
    stdin_open: get("openStdin") === true ? true : undefined,
    stop_signal: get("stopSignal"),
    stop_grace_period: shown("stopGrace"),
    environment: get("env"),
    labels: get("containerLabels"),
    healthcheck: healthcheck(get, shown),
    ports: objects(get("ports")).map(port),
    networks: Object.fromEntries(attached.map(([each, aliases]) => [each, aliases ? { aliases } : null])),
    volumes: mounts.map(volume),
    secrets: objects(get("secrets")).map((each) => file(each, "SecretName")),
    configs: objects(get("configs")).map((each) => file(each, "ConfigName")),
    extra_hosts: hostPairs(get("hosts")),
    dns: get("dnsServers"),
    dns_search: get("dnsSearch"),
    read_only: get("readOnly") === true ? true : undefined,
    cap_add: get("capAdd"),
    cap_drop: get("capDrop"),
    sysctls: get("sysctls"),
    ulimits: Object.fromEntries(
      objects(get("ulimits")).map(({ Name, Soft, Hard }) => [String(Name), { soft: Soft, hard: Hard }]),
    ),
    logging: { driver: get("logDriver"), options: get("logOptions") },
    deploy: deploy(spec, get, shown),
  };
  const external = (names: readonly string[]) =>
    Object.fromEntries(names.map((each) => [each, { external: true, name: each }]));
  const whole = {
    version: "3.9",
    services: { [name]: service },
    networks: external(attached.map(([each]) => each)),
    volumes: Object.fromEntries(mounts.flatMap(namedVolume)),
    secrets: external(objects(get("secrets")).map(({ SecretName }) => String(SecretName))),
    configs: external(objects(get("configs")).map(({ ConfigName }) => String(ConfigName))),
  };
  return yamlText(withDollars(whole) as Members);
}

/** Compose takes `$` for the beginning of a variable. */
function withDollars(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (Array.isArray(value)) return value.map(withDollars);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withDollars(each)]));
}

type Get = (id: FieldId) => unknown;
type Shown = (id: FieldId) => string | undefined;

function healthcheck(get: Get, shown: Shown): Members | undefined {
  const test = get("healthTest");
  if (Array.isArray(test) && test[0] === "NONE") return { disable: true };
  return {
    test,
    interval: shown("healthInterval"),
    timeout: shown("healthTimeout"),
    retries: get("healthRetries"),
    start_period: shown("healthStartPeriod"),
  };
}

function deploy(spec: string, get: Get, shown: Shown): Members {
  const mode = serviceModes.find((each) => jsonAt(spec, ["Mode", modeKeys[each]]) !== null) ?? "replicated";
  const generic = objects(get("reserveGeneric")).flatMap(({ DiscreteResourceSpec }) =>
    isObject(DiscreteResourceSpec)
      ? [
          {
            discrete_resource_spec: {
              kind: DiscreteResourceSpec.Kind,
              value: DiscreteResourceSpec.Value ?? 0,
            },
          },
        ]
      : [],
  );
  return {
    mode: mode === "replicated" ? undefined : mode,
    replicas: get(mode === "replicated-job" ? "completions" : "replicas"),
    labels: get("labels"),
    endpoint_mode: get("endpointMode"),
    update_config: rules("update", get, shown),
    rollback_config: rules("rollback", get, shown),
    restart_policy: {
      condition: get("restartCondition"),
      delay: shown("restartDelay"),
      max_attempts: get("restartAttempts"),
      window: shown("restartWindow"),
    },
    placement: {
      constraints: get("constraints"),
      preferences: objects(get("preferences")).map(({ Spread }) => ({
        spread: isObject(Spread) ? Spread.SpreadDescriptor : undefined,
      })),
      max_replicas_per_node: get("maxPerNode"),
    },
    resources: {
      limits: { cpus: shown("limitCpu"), memory: shown("limitMemory"), pids: get("limitPids") },
      reservations: { cpus: shown("reserveCpu"), memory: shown("reserveMemory"), generic_resources: generic },
    },
  };
}

function rules(of: "update" | "rollback", get: Get, shown: Shown): Members {
  return {
    parallelism: get(`${of}Parallelism`),
    delay: shown(`${of}Delay`),
    order: get(`${of}Order`),
    failure_action: get(`${of}Failure`),
    monitor: shown(`${of}Monitor`),
    max_failure_ratio: get(`${of}Ratio`),
  };
}

function port({ TargetPort, PublishedPort, Protocol, PublishMode }: Members): Members {
  return { target: TargetPort, published: PublishedPort, protocol: Protocol, mode: PublishMode };
}

function volume(mount: Members): Members {
  const [bind, own, tmpfs] = [mount.BindOptions, mount.VolumeOptions, mount.TmpfsOptions].map((each) =>
    isObject(each) ? each : {},
  ) as [Members, Members, Members];
  return {
    type: mount.Type,
    source: mount.Source || undefined,
    target: mount.Target,
    read_only: mount.ReadOnly === true ? true : undefined,
    bind: { propagation: bind.Propagation },
    volume: { nocopy: own.NoCopy === true ? true : undefined },
    tmpfs: { size: tmpfs.SizeBytes },
  };
}

/** What the volume of a mount is made with, if there is none yet. */
function namedVolume({ Type, Source, VolumeOptions }: Members): readonly (readonly [string, Members])[] {
  if (Type !== "volume" || !Source) return [];
  const options = isObject(VolumeOptions) ? VolumeOptions : {};
  const driver = isObject(options.DriverConfig) ? options.DriverConfig : {};
  const made = { driver: driver.Name || undefined, driver_opts: driver.Options, labels: options.Labels };
  return [[String(Source), { name: Source, ...made }]];
}

function file(reference: Members, name: "SecretName" | "ConfigName"): Members {
  const target = isObject(reference.File) ? reference.File : {};
  return {
    source: reference[name],
    target: target.Name,
    uid: target.UID,
    gid: target.GID,
    mode: target.Mode,
  };
}
