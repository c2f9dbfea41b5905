import { expect, test } from "vitest";
import { guardedChanges } from "./guarded-changes.ts";

const socket = { Type: "bind", Source: "/var/run/docker.sock", Target: "/var/run/docker.sock" };
const spec = (container: object, more: object = {}) => ({
  TaskTemplate: {
    ContainerSpec: { Image: "reg:5000/a/b:1@sha256:x", Args: ["serve"], Mounts: [socket], ...container },
  },
  ...more,
});
const plain = (container: object) => spec({ Mounts: null, ...container });

test.each<[string, object, readonly string[]]>([
  ["another tag of the same image", { Image: "reg:5000/a/b:2" }, []],
  ["its labels and how it stops", { Labels: { a: "b" }, StopSignal: "SIGINT", StopGracePeriod: 1 }, []],
  ["another image", { Image: "reg:5000/a/c:1" }, ["image"]],
  ["another registry", { Image: "a/b:1" }, ["image"]],
  ["another command", { Args: ["sh"] }, ["args"]],
  ["a command under another spelling", { args: ["sh"] }, ["args"]],
  ["a health check, which is a command", { Healthcheck: { Test: ["CMD", "sh"] } }, ["healthcheck"]],
  ["a variable", { Env: ["LD_PRELOAD=/x"] }, ["env"]],
])("where the socket is mounted: %s", (_, container, members) => {
  expect(guardedChanges(spec({}), spec(container))).toEqual(members);
});

test("without a way to the host everything is free, and so is taking it away", () => {
  expect(guardedChanges(plain({}), plain({ Args: ["sh"], Image: "x" }))).toEqual([]);
  expect(guardedChanges(plain({}), spec({ Args: ["sh"] }))).toEqual([]);
  expect(guardedChanges(spec({}), plain({ Args: ["sh"], Image: "x" }))).toEqual([]);
  expect(guardedChanges(spec({}), spec({}, { Mode: { Replicated: { Replicas: 3 } } }))).toEqual([]);
});
