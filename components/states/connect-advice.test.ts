import { describe, expect, it } from "vitest";
import type { ConnectAttempt } from "#lib/shared/model/types.ts";
import { explain, fixFor, likelyWay, startWays, tellingAttempt } from "./connect-advice.ts";

const attempt = (
  result: ConnectAttempt["result"],
  target = "/var/run/docker.sock",
  gid: number | null = null,
) => ({ target, result, detail: "", gid }) satisfies ConnectAttempt;

describe("tellingAttempt", () => {
  it.each<[string, ConnectAttempt["result"][], ConnectAttempt["result"] | undefined]>([
    [
      "a closed socket over missing ones",
      ["skipped", "not_there", "no_permission", "not_there"],
      "no_permission",
    ],
    ["refused over not there", ["not_there", "refused"], "refused"],
    ["the only one", ["not_there"], "not_there"],
    ["nothing failed", ["ok", "skipped"], undefined],
    ["nothing tried", [], undefined],
  ])("%s", (_name, results, expected) => {
    expect(tellingAttempt(results.map((result) => attempt(result)))?.result).toBe(expected);
  });
});

describe("explain", () => {
  it("has words for every way to fail", () => {
    const results = [
      "not_there", "no_permission", "refused", "timeout", "too_old", "tls", "not_docker", "unsupported", "error",
    ] as const; // biome-ignore format: one block
    const titles = new Set(results.map((result) => explain(attempt(result)).title));
    expect(titles.size).toBe(results.length);
  });

  it("names the group without digit grouping", () => {
    expect(explain(attempt("no_permission", "x", 1998)).lead).toContain("group 1998 ");
    expect(explain(attempt("no_permission")).lead).not.toContain("null");
  });
});

describe("fixFor", () => {
  const cases = startWays.flatMap((way) =>
    [attempt("no_permission", "x", 998), attempt("no_permission"), attempt("not_there"), null].map(
      (failed) => [way, failed] as const,
    ),
  );

  it.each(cases)("%s: what is pointed at is in the code (%j)", (way, failed) => {
    const fix = fixFor(way, failed);
    expect(fix.highlight.length).toBeGreaterThan(0);
    for (const part of fix.highlight) expect(fix.code).toContain(part);
  });

  it.each([
    ["run", "--group-add 998"],
    ["compose", 'group_add: ["998"]'],
    ["stack", 'user: "1000:998"'],
  ] as const)("%s: gives the group of the socket", (way, part) => {
    expect(fixFor(way, attempt("no_permission", "x", 998)).highlight).toEqual([part]);
  });
});

it.each([
  [attempt("not_there"), "run"],
  [attempt("timeout", "tcp://10.0.0.5:2376"), "remote"],
  [attempt("tls", "tcp://10.0.0.5:2376"), "remote"],
  [attempt("unsupported", "ssh://host"), "remote"],
  [null, "run"],
] as const)("%j is fixed by %s", (failed, way) => expect(likelyWay(failed)).toBe(way));
