import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RebuiltStackFile } from "#lib/shared/api/resource-types.ts";
import type { StackPlan } from "#lib/shared/stacks/types.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { everyOption } from "./every-option.ts";
import { ask, refusal } from "./server-on-lab.ts";

/** A compose file rebuilt from what runs, deployed with Docker's own command: nothing changes. */
let lab: Lab;
let shoal: Shoal;

/** What people write: networks of their own and others', aliases, volumes, files, secrets, jobs, global, dollars. */
const stackFile = `
version: "3.9"
x-common: &common
  logging: { driver: json-file, options: { max-size: 1m, max-file: "3" } }
services:
  web:
    <<: *common
    image: lab/web:1
    environment: { GREETING: "it's $$5 — yes", PORT: "8080", EMPTY: "", YES: "yes", NUMBER: "010" }
    labels: { team: blue }
    command: ["sh", "-c", "echo $$HOME; exec httpd -f -p 8080"]
    ports: ["28080:8080", "28081:8081/udp", { target: 82, published: 28082, mode: host }]
    networks: { front: { aliases: [www] }, default: null, shared: null }
    volumes: ["data:/data", "old:/old:ro", "/tmp:/host", { type: tmpfs, target: /scratch, tmpfs: { size: 1000000 } }]
    secrets: [key, { source: cert, target: tls.crt, uid: "100", mode: 0400 }]
    configs: [{ source: conf, target: /etc/conf, mode: 0440 }]
    extra_hosts: ["db:10.1.2.3"]
    dns: [10.0.0.1]
    healthcheck: { test: ["CMD", "true"], interval: 1m30s, timeout: 5s, retries: 3, start_period: 2s }
    stop_grace_period: 1m
    stop_signal: SIGINT
    init: true
    read_only: true
    cap_drop: [MKNOD]
    sysctls: { net.core.somaxconn: "1024" }
    ulimits: { nofile: { soft: 1000, hard: 2000 }, nproc: 500 }
    deploy:
      replicas: 2
      labels: { "traefik.http.routers.web.rule": "Host(\`shop.example\`) && Path(\`/$$x\`)" }
      resources: { limits: { cpus: "0.5", memory: 64M, pids: 100 }, reservations: { cpus: "0.01", memory: 8M } }
      placement: { constraints: [node.platform.os == linux], preferences: [{ spread: node.labels.zone }], max_replicas_per_node: 3 }
      restart_policy: { condition: on-failure, delay: 3s, max_attempts: 4, window: 1m }
      update_config: { parallelism: 0, delay: 2s, order: start-first, failure_action: rollback, monitor: 7s, max_failure_ratio: 0.1 }
      rollback_config: { parallelism: 2, order: stop-first }
  agent:
    <<: *common
    image: lab/web:1
    hostname: "{{.Node.Hostname}}"
    networks: [hostnet]
    deploy: { mode: global }
  db:
    image: lab/web:1
    entrypoint: [sh]
    command: [-c, "sleep 100000"]
    user: "1000:1000"
    working_dir: /tmp
    healthcheck: { disable: true }
    deploy: { replicas: 0, endpoint_mode: dnsrr }
  once:
    image: lab/web:1
    command: ["true"]
    deploy: { mode: replicated-job, replicas: 2 }
networks:
  front: { attachable: true, driver_opts: { com.docker.network.driver.mtu: "1400" }, labels: { a: b } }
  shared: { external: true }
  hostnet: { external: true, name: host }
volumes:
  data: { labels: { keep: "yes" } }
  old: { external: true, name: olddata }
secrets:
  key: { file: ./key.txt }
  cert: { external: true, name: shared-cert }
configs:
  conf: { file: ./key.txt }
`;

beforeAll(async () => {
  lab = await startLab({ name: "rebuild stack", nodes: 2, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
  await writeFile(join(lab.dir, "key.txt"), "value");
  await lab.docker("node1", "network", "create", "--driver", "overlay", "shared");
  await lab.docker("node1", "secret", "create", "shared-cert", join(lab.dir, "key.txt"));
});
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

async function deploy(name: string, text: string): Promise<void> {
  const path = join(lab.dir, `${name}.yml`);
  await writeFile(path, text);
  await lab.docker("node1", "stack", "deploy", "--resolve-image", "never", "--compose-file", path, name);
}

/** Specifications by the service's name, as the engine has them. */
async function specs(): Promise<Record<string, unknown>> {
  const ids = (await lab.docker("node1", "service", "ls", "--quiet")).split("\n").filter(Boolean);
  const services = JSON.parse(await lab.docker("node1", "service", "inspect", ...ids)) as {
    Spec: { Name: string };
  }[];
  return Object.fromEntries(services.map(({ Spec }) => [Spec.Name, Spec]));
}

const rebuilt = (name: string) => ask<RebuiltStackFile>(shoal, "GET", `/stacks/${name}/compose`);

test("a stack deployed from its rebuilt file is what it was, field by field", async () => {
  await deploy("shop", stackFile);
  const before = await specs();
  expect(Object.keys(before).sort()).toEqual(["shop_agent", "shop_db", "shop_once", "shop_web"]);
  const { text, left } = await rebuilt("shop");
  expect(left).toEqual({});
  // Shoal's own plan says the same as the command.
  const files = [{ name: "docker-compose.yml", kind: "compose", text }];
  const plan = await ask<StackPlan>(shoal, "POST", "/stacks/shop/plan", { files, env: "", prune: true });
  expect(plan.services.map(({ name, action }) => [name, action]).sort()).toEqual(
    Object.keys(before)
      .sort()
      .map((name) => [name, "unchanged"]),
  );
  expect(plan.isEmpty).toBe(true);
  await deploy("shop", text);
  expect(await specs()).toEqual(before);
  expect((await rebuilt("shop")).text).toBe(text);
});

test("what only the command line can say is named, and nothing else is left out", async () => {
  await everyOption(lab, "every");
  await lab.docker(
    "node1",
    ...["service", "update", "--detach", "--no-resolve-image", "--label-add"],
    ...["com.docker.stack.namespace=every", "every"],
  );
  const { left } = await rebuilt("every");
  expect(Object.keys(left)).toEqual(["every"]);
  expect(left.every?.toSorted()).toEqual([
    "TaskTemplate.ContainerSpec.DNSConfig.Options",
    "TaskTemplate.ContainerSpec.Groups",
    "TaskTemplate.ContainerSpec.Mounts[1].VolumeOptions.Labels",
  ]);
});

test("a stack that is not there, and who saw the file", async () => {
  expect((await refusal(shoal, "GET", "/stacks/none/compose")).code).toBe("not_found");
  expect(auditRows(shoal.dataDir).filter(({ action }) => action === "stack.compose")).not.toHaveLength(0);
});
