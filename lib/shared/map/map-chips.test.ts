import { expect, it } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { healthOfAll } from "../model/cluster-summary.ts";
import { aModel, aNode, aService, aTask } from "../model/testing/build.ts";
import type { ClusterModel } from "../model/types.ts";
import { mapChips } from "./map-chips.ts";

const said = (model: ClusterModel, now = 60_000) =>
  mapChips(model, healthOfAll(model, now), now).map(({ text, tone }) => [
    tone,
    say(t, { ...text, params: { ...text.params, b: "", e: "" } }),
  ]);

const failing = (id: string) =>
  [
    aService({ id, name: `lab_${id}`, stack: "lab" }),
    aTask({ serviceId: id, nodeId: "n1", state: "failed", exitCode: 137 }),
  ] as const;
const pending = aTask({ serviceId: "big", nodeId: null, state: "pending", error: "no suitable node" });

it("says nothing while all is well", () => {
  expect(said(aModel({ nodes: [aNode()], services: [aService()], tasks: [aTask()] }))).toEqual([]);
});

it("names what is alone and counts what is many, worst first, nodes before services", () => {
  const [mailer, broken] = failing("mailer");
  const model = aModel({
    nodes: [aNode({ id: "n1", name: "swarm-2" }), aNode({ id: "n2", name: "swarm-9", state: "down" })],
    services: [aService({ id: "big", name: "big", stack: null }), mailer],
    tasks: [pending, broken],
  });
  expect(said(model)).toEqual([
    ["bad", "swarm-9 is down"],
    ["bad", "mailer keeps failing on swarm-2"],
    ["warn", "1 task has no place"],
  ]);
});

it("counts services that fail", () => {
  const [one, brokenOne] = failing("one");
  const [two, brokenTwo] = failing("two");
  const model = aModel({ nodes: [aNode()], services: [one, two], tasks: [brokenOne, brokenTwo] });
  expect(said(model)).toEqual([["bad", "2 services keep failing"]]);
});

it("shows at most four", () => {
  const nodes = Array.from({ length: 6 }, (_, i) => aNode({ id: `n${i}`, name: `n${i}`, state: "down" }));
  expect(said(aModel({ nodes }))).toHaveLength(4);
});
