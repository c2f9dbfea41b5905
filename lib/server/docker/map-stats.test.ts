import { expect, test } from "vitest";
import { mapStats } from "./map-stats.ts";
import type { WireStats } from "./wire-stats.ts";

const id = "0123456789ab";
const read = "2026-11-24T18:53:44.5Z";
const at = Date.parse(read);
const unknown = {
  cpuNanos: null,
  memoryBytes: null,
  rxBytes: null,
  txBytes: null,
  readBytes: null,
  writeBytes: null,
};

test.each<[string, WireStats, object | null]>([
  [
    "cgroup v1",
    {
      read,
      cpu_stats: { cpu_usage: { total_usage: 320_558_971 } },
      memory_stats: { usage: 5_000, stats: { total_inactive_file: 1_000 } },
      blkio_stats: {
        io_service_bytes_recursive: [
          { op: "Read", value: 10 },
          { op: "Write", value: 3 },
          { op: "Sync", value: 13 },
          { op: "Read", value: 5 },
        ],
      },
      networks: { eth0: { rx_bytes: 462, tx_bytes: 1 }, eth1: { rx_bytes: 8, tx_bytes: 2 } },
    },
    { cpuNanos: 320_558_971, memoryBytes: 4_000, rxBytes: 470, txBytes: 3, readBytes: 15, writeBytes: 3 },
  ],
  [
    "cgroup v2",
    {
      read,
      cpu_stats: { cpu_usage: { total_usage: 7 } },
      memory_stats: { usage: 5_000, stats: { inactive_file: 500 } },
      blkio_stats: { io_service_bytes_recursive: [{ op: "read", value: 4 }] },
    },
    { cpuNanos: 7, memoryBytes: 4_500, rxBytes: null, txBytes: null, readBytes: 4, writeBytes: 0 },
  ],
  [
    "what the kernel does not count is unknown",
    { read, blkio_stats: { io_service_bytes_recursive: null } },
    unknown,
  ],
  ["a container that does not run says zeros", { read: "0001-01-01T00:00:00Z", cpu_stats: {} }, null],
])("%s", (_, wire, expected) => {
  expect(mapStats(id, wire)).toEqual(expected && { id, at, ...expected });
});

test("nonsense is no number", () => {
  const wire = {
    read,
    cpu_stats: { cpu_usage: { total_usage: "many" } },
    memory_stats: { usage: -4 },
    networks: [7],
  };
  expect(mapStats(id, wire as unknown as WireStats)).toMatchObject({
    cpuNanos: null,
    memoryBytes: 0,
    rxBytes: 0,
  });
  expect(mapStats(id, null as unknown as WireStats)).toBeNull();
});
