import { expect, test } from "vitest";
import type { WireTask } from "#lib/server/docker/wire.ts";
import { tasksOn } from "./swarm-tasks.ts";

const task = (
  id: string,
  state: string,
  desired: string,
  address: string | null,
  more: Partial<WireTask> = {},
): WireTask => ({
  ID: id,
  ServiceID: "s",
  NodeID: "n",
  Slot: 1,
  DesiredState: desired,
  Status: { State: state },
  NetworksAttachments: [
    { Network: { ID: "ingress" }, Addresses: ["10.0.0.9/24"] },
    ...(address === null ? [] : [{ Network: { ID: "net" }, Addresses: [address] }]),
  ],
  ...more,
});

test("whoever is not over holds its address; what is over has given it back", () => {
  const { attached, waiting } = tasksOn("net", [
    task("a", "running", "running", "10.0.1.3/24"),
    task("b", "shutdown", "shutdown", "10.0.1.4/24"),
    task("c", "failed", "shutdown", "10.0.1.5/24"),
    task("d", "running", "shutdown", "10.0.1.6/24"),
    task("e", "new", "running", null, { NetworksAttachments: null }),
    task("f", "preparing", "running", "10.0.1.7/24"),
  ]);
  expect(attached.map(({ id, addresses }) => `${id} ${addresses}`)).toEqual([
    "a 10.0.1.3/24",
    "d 10.0.1.6/24",
    "f 10.0.1.7/24",
  ]);
  expect(waiting).toBe(1);
});

test("a container connected by hand is no task of a service", () => {
  const { attached } = tasksOn("net", [
    task("a", "running", "running", "10.0.1.9/24", {
      ServiceID: "",
      Spec: { NetworkAttachmentSpec: { ContainerID: "c1" } },
    }),
  ]);
  expect(attached).toMatchObject([{ serviceId: null, containerId: "c1" }]);
});
