import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Lab } from "../lab/lab.ts";

/**
 * Makes a service with every option `docker service create --help` (20.10) offers for a replicated service, and what
 * these refer to. Left out: those that contradict others here (max-concurrent, mode, no-healthcheck, env-file's
 * duplicates) and credential-spec, which is for Windows.
 */
export async function everyOption(lab: Lab, name: string): Promise<void> {
  const file = join(lab.dir, "value.txt");
  await writeFile(file, "value");
  await lab.docker("node1", "secret", "create", `${name}-secret`, file);
  await lab.docker("node1", "config", "create", `${name}-config`, file);
  await lab.docker("node1", "network", "create", "--driver", "overlay", `${name}-net`);
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", name, ...options(name));
}

function options(name: string): readonly string[] {
  return [
    ...["--replicas", "2", "--replicas-max-per-node", "3", "--no-resolve-image", "--with-registry-auth"],
    ...["--label", "l=1", "--label", "9=nine", "--label", "10=ten", "--container-label", "c=1"],
    ...["--env", "A=value-of-a", "--env", "HTML=<b>&amp;</b>"],
    ...["--entrypoint", "/bin/sh", "--hostname", "h-{{.Task.Slot}}", "--workdir", "/", "--user", "0"],
    ...["--group", "1001", "--init", "--tty", "--read-only", "--isolation", "default"],
    ...["--cap-add", "NET_ADMIN", "--cap-drop", "MKNOD", "--ulimit", "nofile=1000:2000"],
    ...["--sysctl", "net.ipv4.ip_unprivileged_port_start=0"],
    ...["--stop-signal", "SIGINT", "--stop-grace-period", "4s"],
    ...["--config", `source=${name}-config,target=/config,mode=0440`, "--secret", `${name}-secret`],
    ...["--mount", "type=volume,source=data,target=/data,volume-label=x=y"],
    ...["--mount", "type=tmpfs,target=/scratch,tmpfs-size=1000000"],
    ...["--network", `name=${name}-net,alias=alias1`, "--endpoint-mode", "dnsrr"],
    ...["--publish", "mode=host,target=8080,published=18080", "--host", "other:10.1.2.3"],
    ...["--dns", "10.0.0.1", "--dns-option", "use-vc", "--dns-search", "example.org"],
    ...["--constraint", "node.labels.zone!=none", "--constraint", "node.platform.os==linux"],
    ...["--placement-pref", "spread=node.labels.zone", "--generic-resource", "gpu=0"],
    ...["--limit-cpu", "0.5", "--limit-memory", "64M", "--limit-pids", "100"],
    ...["--reserve-cpu", "0.01", "--reserve-memory", "8M"],
    ...["--health-cmd", "true", "--health-interval", "2s", "--health-timeout", "1s"],
    ...["--health-retries", "3", "--health-start-period", "1s"],
    ...["--restart-condition", "on-failure", "--restart-delay", "3s"],
    ...["--restart-max-attempts", "4", "--restart-window", "60s"],
    ...["--update-parallelism", "2", "--update-delay", "2s", "--update-order", "start-first"],
    ...["--update-failure-action", "rollback", "--update-monitor", "7s", "--update-max-failure-ratio", "0.1"],
    ...["--rollback-parallelism", "2", "--rollback-delay", "1s", "--rollback-order", "start-first"],
    ...["--rollback-failure-action", "continue", "--rollback-monitor", "6s"],
    ...["--rollback-max-failure-ratio", "0.25", "--log-driver", "json-file", "--log-opt", "max-size=1m"],
    ...["lab/web:1", "-c", "while :; do sleep 1; done"],
  ];
}
