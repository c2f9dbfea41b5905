/** A network that services name; it carries nothing. */
export interface SimNetwork {
  readonly id: string;
  readonly name: string;
  readonly subnet: string;
  readonly stack: string | null;
  readonly ingress: boolean;
  readonly encrypted: boolean;
  readonly createdAt: number;
}

/** A secret or a config. What a secret holds is nowhere. */
export interface SimFile {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Text of a config; empty for secrets. */
  readonly text: string;
  readonly createdAt: number;
}

export interface SimResources {
  readonly networks: readonly SimNetwork[];
  readonly secrets: readonly SimFile[];
  readonly configs: readonly SimFile[];
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

export interface ResourceOptions {
  readonly stacks: readonly string[];
  readonly createdAt: number;
  readonly newId: () => string;
}

/** The network of each stack and the routing mesh's, and the secrets and configs of the demo's three stacks. */
export function demoResources({ stacks, createdAt, newId }: ResourceOptions): SimResources {
  const network = (name: string, at: number, more: Partial<SimNetwork> = {}): SimNetwork => ({
    id: newId(),
    name,
    subnet: `10.0.${at}.0/24`,
    stack: null,
    ingress: false,
    encrypted: false,
    createdAt,
    ...more,
  });
  const file = ({ name, stack, labels, text = "" }: FilePlan): SimFile => ({
    id: newId(),
    name,
    labels: { ...labels, ...(stack !== null && { "com.docker.stack.namespace": stack }) },
    text,
    createdAt,
  });
  return {
    networks: [
      network("ingress", 0, { ingress: true }),
      ...stacks.map((stack, at) =>
        network(`${stack}_default`, at + 1, { stack, encrypted: stack === "web" }),
      ),
    ],
    secrets: secretPlans.map(file),
    configs: configPlans.map(file),
  };
}
