import { describe, expect, it, test } from "vitest";
import { applyContainers, diffContainers } from "#lib/shared/containers/delta.ts";
import { packContainers, unpackContainers } from "#lib/shared/containers/pack.ts";
import { aContainer, aContainerPicture } from "#lib/shared/containers/testing/a-container.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { aService } from "#lib/shared/model/testing/build.ts";
import { type BulkKind, bulkPlan } from "./bulk-plan.ts";
import { verbsFor } from "./container-actions.ts";
import { filterContainers, readContainerFilter, writeContainerFilter } from "./container-filter.ts";
import { containerRow, containerRows } from "./container-rows.ts";

const web = aContainer({
  id: "w1",
  name: "shop_web.1.k2j4",
  taskId: "k2j4",
  serviceId: "s1",
  serviceName: "shop_web",
  stack: "shop",
  health: "healthy",
});
const old = aContainer({
  id: "w0",
  ...ended(1),
  name: "shop_web.1.aaaa",
  taskId: "aaaa",
  serviceId: "s1",
  stack: "shop",
});
const db = aContainer({ id: "d1", name: "db", project: "blog", nodeId: "n2", nodeName: "swarm-2" });
const job = aContainer({ id: "j1", name: "job", ...ended(3) });
const sick = aContainer({ id: "u1", name: "sick", health: "unhealthy" });
const shoal = aContainer({ id: "sh", name: "shoal", isShoal: true });

function ended(exitCode: number): Pick<ContainerView, "state" | "exitCode"> {
  return { state: "exited", exitCode };
}

const services = { s1: aService({ id: "s1", name: "shop_web", stack: "shop" }) };
const rows = containerRows(aContainerPicture(old, web, db, job, sick, shoal), services, (node) =>
  node === "n2" ? "swarm-2 does not answer." : null,
);

describe("rows", () => {
  it("come with trouble first, and what is not heard is not painted as running", () => {
    expect(rows.map(({ name, condition }) => `${name} ${condition.kind}`)).toEqual([
      "job failed",
      "sick unhealthy",
      "db unheard",
      "shoal running",
      "web.1 running",
      "web.1 ended",
    ]);
  });
  it.each<[Partial<ContainerView>, string]>([
    [{ state: "running", health: "healthy" }, "healthy"],
    [{ state: "running", health: "starting" }, "starting"],
    [{ state: "restarting", exitCode: 1 }, "restarting"],
    [{ state: "exited", exitCode: 0 }, "done"],
    [{ state: "exited", exitCode: 137 }, "exit 137"],
    [{ state: "unknown" }, "unknown"],
  ])("%j is %s", (fields, word) => {
    expect(say(t, containerRow(aContainer(fields), {}, null).condition.word)).toBe(word);
  });
  it.each<[Partial<ContainerView>, string]>([
    [{ name: "db" }, "db"],
    [{ name: "shop_web.1.k2", taskId: "k2", stack: "shop" }, "web.1"],
    [{ name: "ops_agent.n1.k2", taskId: "k2", stack: "ops" }, "agent"],
    [{ name: "renamed", taskId: "k2", stack: "ops" }, "renamed"],
  ])("%j is called %s", (fields, name) => {
    expect(containerRow(aContainer(fields), {}, null).name).toBe(name);
  });
  it("offer what makes sense", () => {
    const verbs = (fields: Partial<ContainerView>) => verbsFor(containerRow(aContainer(fields), {}, null));
    expect(verbs({ state: "exited" })).toEqual(["start", "rename", "remove"]);
    expect(verbs({ state: "paused" })).toEqual(["restart", "stop", "unpause", "kill", "rename", "remove"]);
    expect(verbs({ state: "running" })).toEqual([
      "restart", "stop", "pause", "kill", "signal", "rename", "remove",
    ]); // biome-ignore format: one line
  });
});

describe("the filter", () => {
  const names = (query: string) =>
    filterContainers(rows, readContainerFilter(new URLSearchParams(query))).map(
      ({ container }) => container.id,
    );
  test.each<[string, string[]]>([
    ["", ["j1", "u1", "d1", "sh", "w1", "w0"]],
    ["kind=service", ["w1", "w0"]],
    ["kind=plain&state=failed&state=unhealthy", ["j1", "u1"]],
    ["node=swarm-2", ["d1"]],
    ["stack=shop&state=running", ["w1"]],
    ["stack=blog", ["d1"]],
    ["q=POSTGRES:17+swarm-2", ["d1"]],
    ["q=exit+3", ["j1"]],
    ["kind=bogus", ["j1", "u1", "d1", "sh", "w1", "w0"]],
  ])("%s", (query, ids) => expect(names(query)).toEqual(ids));
  test("is the same after a way through the address", () => {
    const query = "q=web&kind=service&state=running&node=swarm-1&stack=shop";
    expect(writeContainerFilter(readContainerFilter(new URLSearchParams(query))).toString()).toBe(query);
  });
});

describe("a bulk action", () => {
  const plan = (kind: BulkKind) =>
    bulkPlan(rows, kind).map(
      ({ row, skipped, effect }) => `${row.container.id}${skipped ? " -" : ""} ${say(t, effect)}`,
    );
  it("says what happens to each, and why some are left out", () => {
    expect(plan("stop")).toEqual([
      "j1 - does not run: left out",
      "u1 stops",
      "d1 - swarm-2 does not answer: left out",
      "sh - Shoal itself: left out, act on it alone",
      "w1 stops",
      "w0 - does not run: left out",
    ]);
    expect(plan("remove")).toContain("w1 is killed and removed");
    expect(plan("start")).toContain("sh - runs already: left out");
  });
  it("warns of what swarm will do", () => {
    const step = bulkPlan(rows, "stop").find(({ row }) => row.container.id === "w1");
    expect(step?.warnings.map((warning) => say(t, warning)).join(" ")).toMatch(
      /service shop_web.*Swarm starts/,
    );
  });
});

describe("steps", () => {
  const before = aContainerPicture(web, db);
  it("tell what changed, and lead to the same picture", () => {
    const after = {
      rows: { [web.id]: { ...web, state: "paused" as const }, [job.id]: job },
      nodes: before.nodes,
    };
    const delta = diffContainers(before, after);
    expect(delta).toEqual({ seq: 2, set: [{ id: "w1", state: "paused" }, job], del: ["d1"] });
    expect(delta && applyContainers(before, delta)).toEqual({ seq: 2, ...after });
    expect(delta && applyContainers({ ...before, seq: 7 }, delta)).toBeNull();
  });
  it("are not made because Docker's words for a time have moved on", () => {
    const rows = { [web.id]: { ...web, status: "Up 4 hours" }, [db.id]: db };
    expect(diffContainers(before, { rows, nodes: before.nodes })).toBeNull();
  });
  it("a packed picture is the same picture", () => {
    const picture = aContainerPicture(web, db, job, sick);
    expect(unpackContainers(JSON.parse(JSON.stringify(packContainers(picture))))).toEqual(picture);
  });
});
