import type { World } from "../world/world.ts";

/** Ids by name of what services are given. */
export interface SimResources {
  readonly networks: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
}

interface FilePlan {
  readonly name: string;
  readonly stack: string | null;
  readonly labels?: Readonly<Record<string, string>>;
  readonly text?: string;
}

const prometheus = `global:
  scrape_interval: 15s
scrape_configs:
  - job_name: nodes
    dns_sd_configs:
      - names: [tasks.node-exporter]
        type: A
        port: 9100
`;
const loki = `auth_enabled: false
server:
  http_listen_port: 3100
`;

const secretPlans: readonly FilePlan[] = [
  { name: "web_db_password", stack: "web" },
  { name: "web_session_key", stack: "web" },
  { name: "web_tls_key_2026", stack: "web" },
  { name: "web_tls_key_2025", stack: "web" },
  { name: "restic_password", stack: null, labels: { owner: "ops" } },
];

const configPlans: readonly FilePlan[] = [
  { name: "observability_prometheus_v3", stack: "observability", text: prometheus },
  { name: "observability_prometheus_v2", stack: "observability", text: prometheus.replace("15s", "30s") },
  { name: "observability_loki", stack: "observability", text: loki },
  { name: "web_gateway", stack: "web", text: 'log.level = "INFO"\n' },
];

/** Makes the network of each stack and the routing mesh's, and the secrets and configs of the demo's three stacks. */
export function demoResources(world: World, stacks: readonly string[]): SimResources {
  const names = ["ingress", ...stacks.map((stack) => `${stack}_default`)];
  const networks = new Map<string, string>();
  for (const [at, name] of names.entries()) {
    const stack = name.replace(/_default$/, "");
    const { id } = world.addNetwork({
      name,
      driver: "overlay",
      nodeId: null,
      subnet: `10.${Math.floor(at / 250)}.${at % 250}.0/24`,
      ingress: at === 0,
      labels: at === 0 ? {} : { "com.docker.stack.namespace": stack },
      ...(stack === "web" && { options: { encrypted: "" } }),
    });
    networks.set(name, id);
  }
  const files = new Map<string, string>();
  const add = (kind: "secret" | "config", { name, stack, labels, text = "" }: FilePlan) => {
    const all = { ...labels, ...(stack !== null && { "com.docker.stack.namespace": stack }) };
    files.set(
      name,
      world.addFile(kind, { Name: name, Labels: all }, Buffer.from(text).toString("base64")).id,
    );
  };
  if (!stacks.includes("web")) return { networks, files };
  for (const plan of secretPlans) add("secret", plan);
  for (const plan of configPlans) add("config", plan);
  return { networks, files };
}
