import { normaliseService } from "../world/normalise.ts";
import type { ServiceSpec, UpdateConfig } from "../world/spec.ts";
import type { SimResources } from "./demo-resources.ts";

const GB = 1024 ** 3;
const seconds = (n: number): number => n * 1e9;

/** A service in the few words that tell it apart. Memory in GB. */
export interface ServicePlan {
  readonly name: string;
  readonly stack: string;
  readonly image: string;
  /** `global`, or how many. */
  readonly replicas: number | "global";
  readonly cpus?: number;
  readonly memory?: number;
  readonly memoryLimit?: number;
  readonly constraints?: readonly string[];
  readonly checked?: boolean;
  readonly ports?: readonly number[];
  readonly env?: readonly string[];
  readonly restart?: "any" | "on-failure" | "none";
  readonly restartDelaySeconds?: number;
  /** Names of secrets and configs it is given. */
  readonly secrets?: readonly string[];
  readonly configs?: readonly string[];
  readonly isJob?: boolean;
  readonly update?: UpdateConfig;
}

const careful: UpdateConfig = {
  Parallelism: 1,
  Delay: seconds(4),
  FailureAction: "rollback",
  Monitor: seconds(5),
  Order: "stop-first",
};

/** The three stacks of the demo cluster. Their reservations leave no room for two of the renders. */
export const demoServices: readonly ServicePlan[] = [
  {
    name: "api", stack: "web", image: "ghcr.io/acme/api:2.8.0", replicas: 6, cpus: 1, memory: 2, checked: true,
    env: ["LOG_LEVEL=info", "DATABASE_URL=postgres://api:demo@db/shop"], update: careful,
    secrets: ["web_db_password", "web_session_key"],
  },
  { name: "cache", stack: "web", image: "redis:7.4", replicas: 1, cpus: 0.5, memory: 2 },
  {
    name: "db", stack: "web", image: "postgres:17.2", replicas: 1, cpus: 2, memory: 5, checked: true,
    constraints: ["node.hostname==swarm-1"], env: ["POSTGRES_PASSWORD=demo"], secrets: ["web_db_password"],
  },
  {
    name: "frontend", stack: "web", image: "ghcr.io/acme/frontend:5.1.3", replicas: 4, cpus: 0.5, memory: 1,
    checked: true, ports: [3000], update: { ...careful, Order: "start-first" },
  },
  {
    name: "gateway", stack: "web", image: "traefik:3.3", replicas: 2, cpus: 0.5, memory: 0.5, ports: [80, 443],
    secrets: ["web_tls_key_2026"], configs: ["web_gateway"],
  },
  { name: "alloy", stack: "observability", image: "grafana/alloy:1.6", replicas: "global", cpus: 0.2, memory: 0.5 },
  { name: "grafana", stack: "observability", image: "grafana/grafana:11.5", replicas: 1, cpus: 0.5, memory: 1, ports: [3001] },
  {
    name: "loki", stack: "observability", image: "grafana/loki:3.4", replicas: 1, cpus: 1, memory: 6,
    constraints: ["node.labels.disk==ssd"], configs: ["observability_loki"],
  },
  { name: "node-exporter", stack: "observability", image: "prom/node-exporter:1.9", replicas: "global", cpus: 0.1, memory: 0.125 },
  {
    name: "prometheus", stack: "observability", image: "prom/prometheus:3.1", replicas: 1, cpus: 1, memory: 4,
    constraints: ["node.hostname==swarm-1"], configs: ["observability_prometheus_v3"],
  },
  {
    name: "backup", stack: "lab", image: "restic:0.17", replicas: 1, cpus: 0.5, memory: 1, isJob: true,
    constraints: ["node.labels.disk==ssd"], secrets: ["restic_password"],
  },
  {
    name: "mailer", stack: "lab", image: "ghcr.io/acme/mailer:1.4", replicas: 2, cpus: 0.2, memory: 0.5,
    memoryLimit: 0.5, restartDelaySeconds: 30,
  },
  { name: "thumbs", stack: "lab", image: "ghcr.io/acme/thumbs:0.9", replicas: 3, cpus: 0.5, memory: 1, checked: true },
  {
    name: "notebook", stack: "lab", image: "jupyter/scipy-notebook:2026-10", replicas: 1, cpus: 0.1, memory: 0.25,
    constraints: ["node.labels.gpu==true"],
  },
  { name: "render", stack: "lab", image: "acme/blender:4.3", replicas: 7, cpus: 1, memory: 6, restart: "on-failure" },
]; // biome-ignore format: one block a service

/** The specification a stack file with these words would give. */
export function specOf(plan: ServicePlan, resources: SimResources): ServiceSpec {
  const network = resources.networks.get(`${plan.stack}_default`);
  const labels = { "com.docker.stack.namespace": plan.stack };
  const update = plan.update ?? { Parallelism: 1, Delay: 0, FailureAction: "pause", Monitor: seconds(5) };
  const spec: ServiceSpec = {
    Name: `${plan.stack}_${plan.name}`,
    Labels: { ...labels, "com.docker.stack.image": plan.image },
    TaskTemplate: {
      ContainerSpec: {
        Image: plan.image,
        Labels: labels,
        ...(plan.env && { Env: plan.env }),
        ...(plan.secrets && {
          Secrets: plan.secrets.map((name) => ({
            SecretID: resources.files.get(name) ?? "",
            SecretName: name,
          })),
        }),
        ...(plan.configs && {
          Configs: plan.configs.map((name) => ({
            ConfigID: resources.files.get(name) ?? "",
            ConfigName: name,
          })),
        }),
        ...(plan.checked && {
          Healthcheck: { Test: ["CMD", "wget", "-qO-", "localhost:8080/healthz"], Interval: seconds(5) },
        }),
      },
      Resources: {
        ...(plan.memoryLimit && { Limits: { MemoryBytes: plan.memoryLimit * GB } }),
        Reservations: { NanoCPUs: (plan.cpus ?? 0) * 1e9, MemoryBytes: (plan.memory ?? 0) * GB },
      },
      RestartPolicy: {
        Condition: plan.isJob ? "none" : (plan.restart ?? "any"),
        Delay: seconds(plan.restartDelaySeconds ?? 5),
        MaxAttempts: 0,
      },
      Placement: { ...(plan.constraints && { Constraints: plan.constraints }) },
      Networks: [{ Target: network ?? "" }],
      ForceUpdate: 0,
      Runtime: "container",
    },
    Mode: modeFor(plan),
    ...(!plan.isJob && {
      UpdateConfig: update,
      RollbackConfig: { Parallelism: 1, FailureAction: "pause", Monitor: seconds(5), Order: "stop-first" },
    }),
    EndpointSpec: {
      Mode: "vip",
      ...(plan.ports && {
        Ports: plan.ports.map((port) => ({
          Protocol: "tcp",
          TargetPort: port,
          PublishedPort: port,
          PublishMode: "ingress",
        })),
      }),
    },
  };
  return normaliseService(spec, () => plan.name);
}

function modeFor({ replicas, isJob }: ServicePlan): ServiceSpec["Mode"] {
  if (replicas === "global") return { Global: {} };
  if (isJob) return { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: replicas } };
  return { Replicated: { Replicas: replicas } };
}
