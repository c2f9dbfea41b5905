import { expect, test } from "vitest";
import type { Engine } from "#lib/server/docker/engine.ts";
import { AppError } from "#lib/shared/errors.ts";
import { findSelf, ownContainerId } from "./own-container.ts";

const id = "c95f0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab";

test("finds the container's own id among its mounts", () => {
  const mounts = `612 590 0:52 / /proc rw shared:1 - proc proc rw
640 590 8:1 /var/lib/docker/containers/${id}/resolv.conf /etc/resolv.conf rw,relatime - ext4 /dev/sda1 rw
641 590 8:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw,relatime - ext4 /dev/sda1 rw`;
  expect(ownContainerId(() => mounts)).toBe(id);
});

test("a container's memory file system, as a host sees it, is not this process", () => {
  const mounts = `99 22 0:60 / /var/lib/docker/containers/${id}/mounts/shm rw - tmpfs shm rw`;
  expect(ownContainerId(() => mounts)).toBeNull();
});

test("where /proc cannot be read there is no id", () => {
  const unreadable = () => {
    throw new Error("EACCES");
  };
  expect(ownContainerId(unreadable)).toBeNull();
});

test("tells the task and the service of the container; null where it does not run", async () => {
  const Labels = { "com.docker.swarm.task.id": "t1", "com.docker.swarm.service.id": "s1" };
  const engine = (answer: () => unknown) => ({ get: async () => answer() }) as unknown as Engine;
  const here = engine(() => ({
    Config: { Labels },
    Mounts: [
      { Type: "volume", Name: "shoal-data" },
      { Type: "bind", Source: "/var/run/docker.sock" },
    ],
  }));
  expect(await findSelf(here, "n1", id)).toEqual({
    containerId: id,
    taskId: "t1",
    serviceId: "s1",
    nodeId: "n1",
    volumes: ["shoal-data"],
  });
  const elsewhere = engine(() => {
    throw new AppError("not_found", "no such container");
  });
  expect(await findSelf(elsewhere, "n1", id)).toBeNull();
});
