import { compact, Names, namespaceLabel, ownLabels } from "./compose-names.ts";
import { serviceToCompose } from "./service-to-compose.ts";
import { type Taker, takerOf } from "./taker.ts";

/** A network as `GET /networks/{id}` says it, the fields that count here. */
export interface RebuiltNetwork {
  readonly Id?: string;
  readonly Name?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

export interface RebuiltCompose {
  /** The file as an object, in the order in which it reads well. */
  readonly file: Readonly<Record<string, unknown>>;
  /** By service: paths of its specification that no compose file can say. A deploy would take them away. */
  readonly left: Readonly<Record<string, readonly string[]>>;
}

/**
 * A compose file from what runs: deployed as the stack `namespace` it changes nothing. Secrets and configs stay where
 * they are, as external ones. Without a namespace the services are written as they are called.
 */
export function rebuildCompose(
  namespace: string | null,
  specs: readonly unknown[],
  networks: readonly RebuiltNetwork[],
): RebuiltCompose {
  const names = () => new Names(namespace);
  const refs = { networks: names(), volumes: names(), secrets: names(), configs: names() };
  const networkKey = (target: string) => {
    const network = networks.find(({ Id, Name }) => Id === target || Name === target);
    const name = network?.Name ?? target;
    const isOwn = namespace !== null && network?.Labels?.[namespaceLabel] === namespace;
    return refs.networks.key(name, isOwn ? networkToCompose(network) : null);
  };
  const services: Record<string, unknown> = {};
  const left: Record<string, readonly string[]> = {};
  for (const spec of specs) {
    const name = String((spec as { Name?: unknown } | null)?.Name ?? "");
    const key = refs.networks.short(name) ?? name;
    const written = serviceToCompose(spec, key, { ...refs, networkKey });
    services[key] = written.service;
    if (written.left.length > 0) left[key] = written.left;
  }
  const part = (entries: Names["entries"]) => {
    // The network every stack has needs no words, unless it has options.
    const said = [...entries].filter(([key, value]) => key !== "default" || Object.keys(value).length > 0);
    return said.length === 0
      ? undefined
      : Object.fromEntries(said.map(([key, value]) => [key, nullIfEmpty(value)]));
  };
  const file = compact({
    version: versionFor(services),
    services,
    networks: part(refs.networks.entries),
    volumes: part(refs.volumes.entries),
    secrets: part(refs.secrets.entries),
    configs: part(refs.configs.entries),
  });
  return { file: file ?? {}, left };
}

const nullIfEmpty = (value: object) => (Object.keys(value).length === 0 ? null : value);

/** The lowest version that knows everything used here, so that older command lines read the file, too. */
function versionFor(services: object): string {
  const text = JSON.stringify(services);
  if (text.includes('"oom_score_adj"')) return "3.13";
  return text.includes('"start_interval"') ? "3.12" : "3.9";
}

function networkToCompose(network: RebuiltNetwork): Readonly<Record<string, unknown>> {
  const taker = takerOf(network);
  const driver = taker.text("Driver");
  const options = Object.entries(taker.map("Options")).filter(([name]) => !name.endsWith(".vxlanid_list"));
  return (
    compact({
      driver: driver === "overlay" ? undefined : driver,
      driver_opts: compact(Object.fromEntries(options)),
      attachable: taker.yes("Attachable") || undefined,
      internal: taker.yes("Internal") || undefined,
      ipam: addresses(taker.in("IPAM")),
      labels: ownLabels(taker.map("Labels")),
    }) ?? {}
  );
}

/** Swarm itself hands out parts of 10.0.0.0/8: those were not chosen by anybody. */
function addresses(ipam: Taker): unknown {
  const driver = ipam.text("Driver");
  const chosen = ipam
    .list("Config")
    .map((one) => one.text("Subnet"))
    .filter((subnet) => subnet !== undefined && !/^10\.0\.\d+\.0\/24$/.test(subnet));
  return compact({
    driver: driver === "default" ? undefined : driver,
    config: chosen.map((subnet) => ({ subnet })),
  });
}
