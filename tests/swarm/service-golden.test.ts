import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serviceRaw } from "#lib/server/cluster/actions/details.ts";
import { editService } from "#lib/server/cluster/services/edit-service.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ServiceEdit } from "#lib/shared/services/edit-schemas.ts";
import { fieldIds, serviceField } from "#lib/shared/services/fields.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type LabContext, labContext, tester } from "./action-context.ts";
import { everyOption } from "./every-option.ts";

let lab: Lab;
let ctx: LabContext;
beforeAll(async () => {
  lab = await startLab({ name: "service golden", nodes: 1, managers: 1 });
  ctx = await labContext(lab);
});
afterAll(async () => {
  ctx?.close();
  await lab?.down();
});

async function specOf(name: string): Promise<string> {
  return jsonAt(await serviceRaw(ctx, name), ["Spec"]) ?? "";
}

/** One change of each field, fit for the service that has every option. */
const changes: readonly ServiceEdit[] = [
  { field: "image", value: "lab/web:2" },
  { field: "replicas", value: 1 },
  { field: "command", value: ["/bin/busybox", "sh"] },
  { field: "args", value: ["-c", "while :; do sleep 2; done"] },
  { field: "workdir", value: "/tmp" },
  { field: "user", value: "1000" },
  { field: "groups", value: ["1002"] },
  { field: "hostname", value: "other" },
  { field: "init", value: false },
  { field: "tty", value: null },
  { field: "stopSignal", value: "SIGTERM" },
  { field: "stopGrace", value: 5_000_000_000 },
  { field: "env", value: ["A=value-of-a", "HTML=<i>", "NEW=1"] },
  { field: "limitCpu", value: 400_000_000 },
  { field: "limitMemory", value: 32 * 1024 ** 2 },
  { field: "limitPids", value: 50 },
  { field: "reserveCpu", value: 20_000_000 },
  { field: "reserveMemory", value: 4 * 1024 ** 2 },
  { field: "ulimits", value: [{ Name: "nofile", Soft: 500, Hard: 600 }] },
  { field: "labels", value: { l: "1", "9": "nine", "10": "eleven", new: "x" } },
  { field: "containerLabels", value: { c: "2" } },
  { field: "healthTest", value: ["CMD", "true"] },
  { field: "healthInterval", value: 3_000_000_000 },
  { field: "healthTimeout", value: 2_000_000_000 },
  { field: "healthRetries", value: 4 },
  { field: "healthStartPeriod", value: 2_000_000_000 },
  { field: "updateParallelism", value: 1 },
  { field: "updateDelay", value: 1_000_000_000 },
  { field: "updateOrder", value: "stop-first" },
  { field: "updateFailure", value: "pause" },
  { field: "updateMonitor", value: 6_000_000_000 },
  { field: "updateRatio", value: 0.2 },
  { field: "rollbackParallelism", value: 1 },
  { field: "rollbackDelay", value: 2_000_000_000 },
  { field: "rollbackOrder", value: "stop-first" },
  { field: "rollbackFailure", value: "pause" },
  { field: "rollbackMonitor", value: 7_000_000_000 },
  { field: "rollbackRatio", value: 0.5 },
  { field: "restartCondition", value: "any" },
  { field: "restartDelay", value: 4_000_000_000 },
  { field: "restartAttempts", value: 5 },
  { field: "restartWindow", value: 30_000_000_000 },
  { field: "constraints", value: ["node.platform.os==linux"] },
  { field: "preferences", value: [{ Spread: { SpreadDescriptor: "node.labels.rack" } }] },
  { field: "maxPerNode", value: 2 },
  { field: "ports", value: [{ Protocol: "tcp", TargetPort: 8080, PublishedPort: 18081, PublishMode: "host" }] },
  { field: "hosts", value: ["10.1.2.4 other"] },
  { field: "dnsServers", value: ["10.0.0.2"] },
  { field: "dnsSearch", value: ["example.com"] },
  { field: "dnsOptions", value: ["ndots:1"] },
  { field: "mounts", value: [{ Type: "tmpfs", Target: "/scratch" }] },
  { field: "secrets", value: [] },
  { field: "readOnly", value: null },
  { field: "capAdd", value: ["CAP_NET_RAW"] },
  { field: "capDrop", value: ["CAP_CHOWN"] },
  { field: "sysctls", value: { "net.ipv4.ip_unprivileged_port_start": "1" } },
  { field: "logDriver", value: "local" },
  { field: "logOptions", value: { "max-size": "2m" } },
  { field: "openStdin", value: true },
  { field: "reserveGeneric", value: [{ DiscreteResourceSpec: { Kind: "disk", Value: 0 } }] },
  { field: "configs", value: [] },
  { field: "networks", value: [] },
  { field: "endpointMode", value: "vip" },
]; // biome-ignore format: one line each

describe.each([
  ["the docker command", (name: string) => everyOption(lab, name)],
  ["a call of the API", (name: string) => copied(name)],
] as const)("a service with every option, made by %s", (how, make) => {
  const name = how === "the docker command" ? "golden-cli" : "golden-api";
  beforeAll(() => make(name));

  test.each(changes.map((edit) => [edit.field, edit] as const))(
    "keeps everything but %s",
    async (_, edit) => {
      const before = await specOf(name);
      await editService(ctx, tester, name, { edits: [edit], pin: false });
      const after = await specOf(name);
      const { path } = serviceField(edit.field);
      expect(jsonAt(after, path)).not.toBe(jsonAt(before, path));
      // Everything beside the field is the same text.
      expect(withoutField(after, path)).toBe(withoutField(before, path));
    },
  );
});

/** A field's place is made null, so that texts with and without it can be compared; null parents are kept. */
function withoutField(spec: string, path: readonly string[]): string {
  return withJsonAt(withJsonAt(spec, path, null), path, "null");
}

/** Makes a service from another's specification, with members that the engine does not know. */
async function copied(name: string): Promise<void> {
  await everyOption(lab, "golden-base");
  const spec = withJsonAt(await specOf("golden-base"), ["Name"], JSON.stringify(name));
  const ports = withJsonAt(spec, ["EndpointSpec", "Ports"], "null");
  const body = withJsonAt(ports, ["TaskTemplate", "ContainerSpec", "OfTomorrow"], '{"x":1}');
  await ctx.manager().send("POST", "/services/create", { body });
}

test("no field of a replicated service is left out here", () => {
  const left = fieldIds.filter((id) => changes.every(({ field }) => field !== id));
  // Of jobs, and what engines know from 25 on.
  expect(left).toEqual(["completions", "concurrent", "healthStartInterval"]);
});
