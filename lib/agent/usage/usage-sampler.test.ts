import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createUsageSampler } from "./usage-sampler.ts";

/** A /proc and a /sys/fs/cgroup as kernels write them, in a folder. Real ones: tests/swarm/agent-usage.test.ts. */
let root: string;
const id = "80c4d3552b95d8d1011bc9ff3a677f0f10c25bc7857c1d111af29aaab16ce41e";
const other = id.replace("80c4", "1111");

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "shoal-usage-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const netDev = [
  "Inter-|   Receive                                                |  Transmit",
  " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs",
  "    lo:     999       0    0    0    0     0          0         0      999       0    0",
  "  eth0:     462       5    0    0    0     0          0         0       30       0    0",
  "  eth1: 8 5 0 0 0 0 0 0 2 0 0",
].join("\n");

const version2 = (path: string) => ({
  "cgroup/cgroup.controllers": "cpu io memory pids",
  [`cgroup${path}/cpu.stat`]: "usage_usec 2500\nuser_usec 2000\nsystem_usec 500\n",
  [`cgroup${path}/memory.current`]: "5000\n",
  [`cgroup${path}/memory.stat`]: "anon 4000\nfile 1000\ninactive_file 400\nactive_file 600\n",
  [`cgroup${path}/io.stat`]:
    "8:0 rbytes=100 wbytes=7 rios=1 wios=1 dbytes=0 dios=0\n8:16 rbytes=5 wbytes=0 rios=1 wios=0\n",
});
const counters = {
  cpuNanos: 2_500_000,
  memoryBytes: 4_600,
  readBytes: 105,
  writeBytes: 7,
  rxBytes: 470,
  txBytes: 32,
};

function sample(pid = 220, only = id) {
  const sampler = createUsageSampler({
    proc: join(root, "proc"),
    cgroup: join(root, "cgroup"),
    containers: async () => [{ id: only, pid }],
  });
  return sampler.sample();
}

describe("a container's control group is found", () => {
  test.each([
    ["cgroupfs driver", `/docker/${id}`, `0::/docker/${id}`],
    ["systemd driver", `/system.slice/docker-${id}.scope`, `0::/system.slice/docker-${id}.scope`],
    ["an init of its own below", `/docker/${id}`, `0::/docker/${id}/init.scope`],
    ["seen from another namespace", `/system.slice/docker-${id}.scope`, `0::/../docker-${id}.scope`],
    ["a path that is not there", `/custom/parent/${id}`, `0::/elsewhere/${id}`],
    ["a process that has moved away", `/docker/${id}`, "0::/user.slice"],
  ])("%s", async (_, path, line) => {
    write({ ...version2(path), "proc/220/cgroup": `${line}\n`, "proc/220/net/dev": netDev });
    expect((await sample()).containers).toEqual([{ id, at: expect.any(Number), ...counters }]);
  });

  test("version 1, with a folder for two controllers", async () => {
    const at = (controller: string) => `cgroup/${controller}/docker/${id}`;
    write({
      "proc/220/cgroup": `4:memory:/docker/${id}\n2:cpu,cpuacct:/docker/${id}\n0::/system.slice\n`,
      "proc/220/net/dev": netDev,
      [`${at("cpu,cpuacct")}/cpuacct.usage`]: "2500000\n",
      [`${at("memory")}/memory.usage_in_bytes`]: "5000\n",
      [`${at("memory")}/memory.stat`]: "inactive_file 9\ntotal_inactive_file 400\n",
      [`${at("blkio")}/blkio.throttle.io_service_bytes_recursive`]:
        "8:0 Read 100\n8:0 Write 7\n8:0 Sync 107\n8:16 Read 5\nTotal 112\n",
    });
    expect((await sample()).containers).toEqual([{ id, at: expect.any(Number), ...counters }]);
  });

  test("and one that is nowhere is left out", async () => {
    write({ ...version2(`/docker/${id}`), "proc/220/cgroup": `0::/docker/${id}\n` });
    expect((await sample(7, other)).containers).toEqual([]);
  });
});

test("what the kernel does not count is unknown", async () => {
  write({
    "cgroup/cgroup.controllers": "cpu",
    [`cgroup/docker/${id}/cpu.stat`]: "usage_usec 1\n",
    "proc/220/cgroup": `0::/docker/${id}\n`,
  });
  const { containers, node } = await sample();
  const unknown = { memoryBytes: null, readBytes: null, writeBytes: null, rxBytes: null, txBytes: null };
  expect(containers[0]).toMatchObject({ cpuNanos: 1_000, ...unknown });
  expect(node).toBeNull();
});

test("the node: busy time without waiting, memory that is not available, load", async () => {
  write({
    "proc/stat": "cpu  100 10 50 9000 700 1 2 37 0 0\ncpu0 1 1 1 1\ncpu1 1 1 1 1\nintr 5\n",
    "proc/meminfo": "MemTotal:       1000 kB\nMemFree: 10 kB\nMemAvailable:    400 kB\n",
    "proc/loadavg": "4.58 2.31 2.23 3/512 1234\n",
    "proc/uptime": "14196.94 20000.00\n",
    "cgroup/cgroup.controllers": "cpu",
  });
  expect((await sample()).node).toMatchObject({
    cpus: 2,
    cpuBusyNanos: 2e9,
    memoryBytes: 1_024_000,
    memoryUsedBytes: 614_400,
    load: [4.58, 2.31, 2.23],
    uptimeSeconds: 14_196.94,
    disk: null,
  });
});
