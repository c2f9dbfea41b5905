import { compact, imageLabel, type Names, ownLabels } from "./compose-names.ts";
import { deployToCompose } from "./deploy-to-compose.ts";
import { healthToCompose, mountsToCompose } from "./mounts-to-compose.ts";
import { type Taker, takerOf } from "./taker.ts";
import { durationText } from "./units.ts";

/** What services of a compose file refer to, gathered while they are written. */
export interface References {
  readonly networks: Names;
  readonly volumes: Names;
  readonly secrets: Names;
  readonly configs: Names;
  /** Key of the network a service is attached to, by its id or name. */
  networkKey(target: string): string;
}

/** A service of a compose file, and paths of its specification that no compose file can say. */
export interface ComposeService {
  readonly service: Readonly<Record<string, unknown>>;
  readonly left: readonly string[];
}

/** @param shortName how the service is called inside of its stack */
export function serviceToCompose(wireSpec: unknown, shortName: string, refs: References): ComposeService {
  const spec = takerOf(wireSpec);
  spec.take("Name");
  const task = spec.in("TaskTemplate");
  const container = task.in("ContainerSpec");
  const endpoint = spec.in("EndpointSpec");
  for (const key of ["ForceUpdate", "Runtime"]) task.take(key);
  container.drop("Isolation", "default");
  const serviceLabels = (wireSpec as { Labels?: Record<string, string> } | null)?.Labels ?? {};
  const service = compact({
    image: imageOf(container.text("Image") ?? "", serviceLabels[imageLabel]),
    ...processOf(container),
    environment: environment(container.texts("Env")),
    healthcheck: container.has("Healthcheck") ? healthToCompose(container.in("Healthcheck")) : undefined,
    labels: ownLabels(container.map("Labels")),
    ports: endpoint.list("Ports").map(port),
    volumes: mountsToCompose(container.list("Mounts"), refs.volumes),
    networks: networks(networksOf(task, spec), shortName, refs),
    secrets: container.list("Secrets").map((one) => reference(one, "Secret", refs.secrets)),
    configs: container.list("Configs").map((one) => reference(one, "Config", refs.configs)),
    logging: task.has("LogDriver") ? logging(task.in("LogDriver")) : undefined,
    deploy: deployToCompose(spec, task, endpoint.text("Mode")),
  });
  return { service: service ?? {}, left: spec.leftovers() };
}

/** As the file had it: the CLI adds a digest, and notes in a label what was there before. */
function imageOf(image: string, noted: string | undefined): string {
  return noted && (image === noted || image.startsWith(`${noted}@`)) ? noted : image;
}

function processOf(container: Taker): Readonly<Record<string, unknown>> {
  const dns = container.in("DNSConfig");
  const grace = container.number("StopGracePeriod");
  return {
    entrypoint: container.texts("Command"),
    command: container.texts("Args"),
    hostname: container.text("Hostname"),
    user: container.text("User"),
    working_dir: container.text("Dir"),
    init: container.has("Init") ? container.take("Init") : undefined,
    tty: container.yes("TTY") || undefined,
    stdin_open: container.yes("OpenStdin") || undefined,
    read_only: container.yes("ReadOnly") || undefined,
    stop_signal: container.text("StopSignal"),
    stop_grace_period: grace === undefined ? undefined : durationText(grace),
    dns: dns.texts("Nameservers"),
    dns_search: dns.texts("Search"),
    extra_hosts: container.texts("Hosts").map((line) => {
      const [address, ...names] = line.split(/\s+/);
      return `${names.join(" ")}:${address}`;
    }),
    cap_add: container.texts("CapabilityAdd"),
    cap_drop: container.texts("CapabilityDrop"),
    sysctls: compact(container.map("Sysctls")),
    ulimits: compact(Object.fromEntries(container.list("Ulimits").map(ulimit))),
    oom_score_adj: container.number("OomScoreAdj") || undefined,
  };
}

function ulimit(limit: Taker): [string, unknown] {
  const [soft, hard] = [limit.number("Soft") ?? 0, limit.number("Hard") ?? 0];
  return [limit.text("Name") ?? "", soft === hard && soft !== 0 ? soft : { soft, hard }];
}

function environment(lines: readonly string[]): unknown {
  const pairs = lines.map((line): [string, string | null] => {
    const at = line.indexOf("=");
    return at < 0 ? [line, null] : [line.slice(0, at), line.slice(at + 1)];
  });
  if (pairs.length === 0) return undefined;
  // A name that is there twice only a list can say.
  return new Set(pairs.map(([name]) => name)).size === pairs.length ? Object.fromEntries(pairs) : lines;
}

function port(taker: Taker): unknown {
  const target = taker.number("TargetPort") ?? 0;
  const published = taker.number("PublishedPort");
  const protocol = taker.text("Protocol") ?? "tcp";
  const publishMode = taker.text("PublishMode") ?? "ingress";
  taker.take("Name");
  if (publishMode !== "ingress")
    return { target, ...(published && { published }), protocol, mode: publishMode };
  return `${published ? `${published}:` : ""}${target}${protocol === "tcp" ? "" : `/${protocol}`}`;
}

/** Older specifications have them beside the task. */
function networksOf(task: Taker, spec: Taker): readonly Taker[] {
  const [own, old] = [task.list("Networks"), spec.list("Networks")];
  return own.length > 0 ? own : old;
}

function networks(attachments: readonly Taker[], shortName: string, refs: References): unknown {
  const parts = attachments.map((attachment): [string, unknown] => {
    const key = refs.networkKey(attachment.text("Target") ?? "");
    // Docker adds the service's own name.
    const aliases = attachment.texts("Aliases").filter((alias) => alias !== shortName);
    const options = compact(attachment.map("DriverOpts"));
    return [key, compact({ aliases, driver_opts: options }) ?? null];
  });
  if (parts.length === 1 && parts[0]?.[0] === "default" && parts[0][1] === null) return undefined;
  if (parts.every(([, more]) => more === null)) return parts.map(([key]) => key);
  return Object.fromEntries(parts);
}

const defaultMode = 0o444;

function reference(taker: Taker, kind: "Secret" | "Config", names: Names): unknown {
  taker.take(`${kind}ID`);
  const name = taker.text(`${kind}Name`) ?? "";
  const file = taker.in("File");
  // Its contents are not in the swarm's answer, or not a file of ours: it is left where it is.
  const source = names.key(name, null);
  const target = file.text("Name") ?? source;
  const [uid, gid, mode] = [
    file.text("UID") ?? "0",
    file.text("GID") ?? "0",
    file.number("Mode") ?? defaultMode,
  ];
  const plainTarget = kind === "Secret" ? source : `/${source}`;
  if (target === plainTarget && uid === "0" && gid === "0" && mode === defaultMode) return source;
  return {
    source,
    target,
    ...(uid !== "0" && { uid }),
    ...(gid !== "0" && { gid }),
    ...(mode !== defaultMode && { mode }),
  };
}

function logging(taker: Taker): unknown {
  return compact({ driver: taker.text("Name"), options: compact(taker.map("Options")) });
}
