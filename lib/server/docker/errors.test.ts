import { describe, expect, it } from "vitest";
import { certainlyNotApplied, EngineFailure, isOutOfSequence, toAppError } from "./errors.ts";

const where = { engine: "unix:///e", request: "POST /x", timeoutMs: 30_000 };
const answered = (status: number, text: string) => new EngineFailure("answered", where, { status, text });

describe("toAppError", () => {
  // Texts measured on 20.10.24 and 26.1.5.
  it.each([
    [500, "rpc error: code = Unknown desc = update out of sequence", "conflict"],
    [
      503,
      "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.",
      "not_a_manager",
    ],
    [
      503,
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      "not_in_swarm",
    ],
    [
      500,
      "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.",
      "no_quorum",
    ],
    [500, "rpc error: code = DeadlineExceeded desc = context deadline exceeded", "electing"],
    [
      503,
      'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.',
      "swarm_locked",
    ],
    [404, "service nope not found", "not_found"],
    [403, "this agent's scope is read: POST /services/x/update is not allowed", "refused_by_engine"],
    [
      409,
      "rpc error: code = AlreadyExists desc = name conflicts with an existing object: service roll already exists",
      "conflict",
    ],
    [
      400,
      "rpc error: code = FailedPrecondition desc = node abc is not down and can't be removed",
      "refused_by_engine",
    ],
    [
      503,
      "You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message.",
      "refused_by_engine",
    ],
    [501, "renaming services is not supported", "refused_by_engine"],
    [500, "", "engine_error"],
  ])("%i %s", (status, text, code) => {
    expect(toAppError(answered(status, text)).code).toBe(code);
  });

  it("names the engine and the request, and keeps Docker's sentence", () => {
    const error = toAppError(answered(400, "bad thing"));
    expect(error.message).toContain("unix:///e (POST /x)");
    expect(error.engineText).toBe("bad thing");
  });
});

describe("certainlyNotApplied", () => {
  it.each([
    [new EngineFailure("unreachable", where, { text: "connect", errno: "ECONNREFUSED" }), true],
    [new EngineFailure("timeout", where, { text: "" }), false],
    [new EngineFailure("broken", where, { text: "socket hang up", errno: "ECONNRESET" }), false],
    [answered(400, "no"), true],
    [answered(500, "rpc error: code = DeadlineExceeded desc = context deadline exceeded"), false],
  ])("%s", (failure, expected) => {
    expect(certainlyNotApplied(toAppError(failure))).toBe(expected);
  });

  it("knows nothing about errors of other kinds", () => {
    expect(certainlyNotApplied(new TypeError("x"))).toBe(false);
  });
});

it("recognises a stale version by its text", () => {
  expect(isOutOfSequence(toAppError(answered(500, "rpc error: update out of sequence")))).toBe(true);
  expect(isOutOfSequence(toAppError(answered(409, "conflict")))).toBe(false);
});
