import { describe, expect, test } from "vitest";
import { aContainer, aContainerPicture } from "../containers/testing/a-container.ts";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { aModel, aNode, aService, aTask } from "../model/testing/build.ts";
import { mayDo, type Role } from "../roles.ts";
import { matchName, matchObject } from "./match.ts";
import type { PaletteContext } from "./palette-types.ts";
import { parseCommand } from "./parse.ts";
import { reasonAgainst } from "./reason-against.ts";
import { suggest } from "./suggest.ts";

test.each<[string, string | null, string[], number | null]>([
  ["", null, [], null],
  ["fro", null, ["fro"], null],
  ["scale fro 6", "scale", ["fro"], 6],
  ["  SCALE   fro  6 ", "scale", ["fro"], 6],
  ["scale fro to 6", "scale", ["fro"], 6],
  ["sc fro 6", "scale", ["fro"], 6],
  ["fro=6", "scale", ["fro"], 6],
  ["scale fro", "scale", ["fro"], null],
  ["scale", "scale", [], null],
  ["scale fro 1000000", "scale", ["fro", "1000000"], null],
  ["scale fro 0", "scale", ["fro"], 0],
  ["restart web api", "restart", ["web", "api"], null],
  ["drain swarm-2", "drain", ["swarm-2"], null],
  ["logs api", "logs", ["api"], null],
  ["rm api", "remove", ["api"], null],
  ["re api", null, ["re", "api"], null],
  ["sc", null, ["sc"], null],
  ["api 6", null, ["api", "6"], null],
])("%j is %s %j %s", (text, verb, words, number) => {
  expect(parseCommand(text)).toEqual({ verb, words, number });
});

describe("a name", () => {
  const order = (query: string, ...names: string[]) =>
    names
      .map((name) => ({ name, score: matchName(query, name)?.score ?? Number.NEGATIVE_INFINITY }))
      .filter(({ score }) => Number.isFinite(score))
      .sort((a, b) => b.score - a.score)
      .map(({ name }) => name);

  test.each<[string, string[], string[]]>([
    ["api", ["web_rapid", "web_api", "api", "api-gateway", "a-p-i"], ["api", "api-gateway", "web_api", "web_rapid", "a-p-i"]],
    ["fro", ["frontend", "afro", "web_frontend"], ["frontend", "web_frontend", "afro"]],
    ["frnt", ["frontend", "fr-xx-yy-zz-nt"], ["frontend"]],
    ["ff", ["frontend-farm"], []],
    ["zzz", ["frontend"], []],
    ["FRONT", ["frontend"], ["frontend"]],
  ])("%s in %j", (query, names, expected) => {
    expect(order(query, ...names)).toEqual(expected);
  }); // biome-ignore format: table

  test("says which letters", () => {
    expect(matchName("fro", "web_frontend")?.ranges).toEqual([[4, 7]]);
    expect(matchName("frnt", "frontend")?.ranges).toEqual([[0, 2], [3, 5]]); // biome-ignore format: short
    // The dot over İ makes lower case longer: nothing is marked in the wrong place.
    expect(matchName("stan", "İstanbul")?.ranges).toEqual([]);
  });

  test("every word has to be found, in the name, the stack or the id", () => {
    expect(matchObject(["web", "api"], "api", ["web"])).not.toBeNull();
    expect(matchObject(["db", "api"], "api", ["web"])).toBeNull();
    expect(matchObject(["x1y2"], "api", [], "abx1y2cd")).not.toBeNull();
    expect(matchObject(["x1"], "api", [], "abx1y2cd")).toBeNull();
  });
});

const frontend = aService({ id: "s1", name: "web_frontend", stack: "web", replicas: 4 });
const api = aService({ id: "s2", name: "web_api", stack: "web", replicas: 2 });
const agent = aService({ id: "s3", name: "agent", stack: null, mode: "global", replicas: null });
const model = aModel({
  services: [frontend, api, agent],
  nodes: [aNode({ id: "n1", name: "swarm-1" }), aNode({ id: "n2", name: "swarm-2", availability: "drain" })],
  tasks: [aTask({ id: "task1234567", serviceId: "s2", slot: 2, nodeId: "n1" })],
});
const containers = aContainerPicture(
  aContainer({ id: "cafe00000001", name: "postgres-main", nodeName: "swarm-2", nodeId: "n2" }),
  aContainer({ id: "cafe00000002", name: "postgres-old", state: "exited", exitCode: 0 }),
);
const places = [
  { id: "map", label: "Map", key: "m", href: "/c/x/map" },
  { id: "events", label: "Events", key: "e", href: "/c/x/events" },
];
const lines = (text: string, role: Role = "admin", more: typeof places = []) =>
  suggest(text, {
    model,
    containers,
    may: (permission) => mayDo(role, permission),
    places: [...places, ...more],
    clusters: [{ name: "staging", path: "/c/staging/map" }],
    href: (path) => `/c/x${path}`,
  });
const titles = (text: string, role?: Role) =>
  lines(text, role).map(({ group, title }) => `${group}: ${say(t, title).replaceAll(/[\u2068\u2069]/g, "")}`);
const first = (text: string, role?: Role) => {
  const [line] = lines(text, role);
  if (!line) throw new Error("nothing");
  return line;
};

describe("the palette", () => {
  test("nothing typed: the pages", () => {
    expect(titles("")).toEqual(["go: Map", "go: Events"]);
  });
  test("a command with its number", () => {
    expect(titles("scale fro 6")).toEqual([
      "do: Scale frontend from 4 to 6",
      "do: Restart frontend",
      "go: frontend",
      "go: Events of frontend",
      "go: web",
      "show: Only service frontend",
    ]);
    expect(first("scale fro 6").action).toMatchObject({ kind: "scale", replicas: 6, service: { id: "s1" } });
  });
  test("a command without its number is completed", () => {
    expect(first("scale fro").action).toEqual({ kind: "complete", text: "scale web_frontend " });
  });
  test("a name: go there first, then what can be done", () => {
    expect(titles("api")[0]).toBe("go: api");
    expect(titles("api")).toContain("do: Scale api …");
    expect(titles("swarm-2")).toContain("do: Activate swarm-2");
    expect(titles("even")[0]).toBe("go: Events");
  });
  test("a task by its number, and by any part of its id", () => {
    expect(titles("api.2")).toContain("go: web_api.2");
    expect(first("1234567").action).toEqual({ kind: "go", path: "/c/x/map?task=task1234567" });
  });
  test("what is not possible is shown with the reason", () => {
    expect(first("scale fro 6", "viewer").reason?.key).toBe("palette.reason.role");
    expect(first("scale agent 3").reason?.key).toBe("actions.error.scale_global");
    expect(first("drain swarm-2").reason?.key).toBe("palette.reason.drain");
    expect(first("drain swarm-1").reason).toBeNull();
    expect(first("remove api", "operator").reason?.key).toBe("palette.reason.role");
  });
  test("logs only where there is a page of them", () => {
    expect(titles("logs api")).toEqual([]);
    const [line] = lines("logs api", "viewer", [{ id: "logs", label: "Logs", key: "l", href: "/c/x/logs" }]);
    expect(line?.action).toEqual({ kind: "go", path: "/c/x/logs?service=web_api" });
  });
  test("a container by its name: go there, restart it, stop it while it runs", () => {
    expect(titles("postgres")).toEqual([
      "go: postgres-main",
      "go: postgres-old",
      "do: Restart postgres-main",
      "do: Stop postgres-main …",
    ]);
    expect(first("postgres").action).toEqual({ kind: "go", path: "/c/x/containers/cafe00000001" });
    expect(first("stop postgres-main").action).toMatchObject({ kind: "container", verb: "stop" });
    expect(first("stop postgres-main").reason).toBeNull();
    expect(first("stop postgres-old").reason?.key).toBe("palette.reason.stop");
    expect(first("restart postgres-main", "viewer").reason?.key).toBe("palette.reason.role");
    expect(titles("restart postgres")[0]).toBe("do: Restart postgres-main");
  });
  test("what the demo cluster cannot do is not blamed on a role", () => {
    const model = aModel({ services: [aService({ id: "s9", name: "front" })] });
    const simulated = { ...model, info: { ...model.info, simulated: true } };
    const context = { model: simulated, may: () => false };
    expect(reasonAgainst(context as unknown as PaletteContext, "volume.files")?.key).toBe(
      "palette.reason.simulated",
    );
    expect(reasonAgainst(context as unknown as PaletteContext, "service.scale")?.key).toBe(
      "palette.reason.role",
    );
  });
  test("names from the cluster stay inside their query", () => {
    const evil = aService({ id: "s9", name: "a&b", stack: "x/../y?z" });
    const context = {
      model: aModel({ services: [evil] }),
      containers: null,
      may: () => true,
      places,
      clusters: [],
      href: (path: string) => path,
    };
    const paths = suggest("a&b", context).flatMap(({ action }) =>
      action.kind === "go" ? [action.path] : [],
    );
    expect(paths).toContain("/services?stack=x%2F..%2Fy%3Fz");
    expect(paths).toContain("/map?q=a%26b");
  });
  test("2,000 services are looked through between two letters", () => {
    const many = Array.from({ length: 2_000 }, (_, i) =>
      aService({ id: `s${i}`, name: `service-number-${i}` }),
    );
    const context = {
      model: aModel({ services: many }),
      containers: null,
      may: () => true,
      places,
      clusters: [],
      href: (path: string) => path,
    };
    const started = performance.now();
    expect(suggest("scale number-1999 3", context)[0]?.action).toMatchObject({ service: { id: "s1999" } });
    expect(performance.now() - started).toBeLessThan(150);
  });
});
