import { expect, it } from "vitest";
import { aModel, aNode } from "#lib/shared/model/testing/build.ts";
import type { ClusterPhase } from "#lib/shared/model/types.ts";
import { gateOf } from "./phase-gate.tsx";

it.each<[ClusterPhase, boolean, string]>([
  ["ready", true, "page"],
  ["ready", false, "page"],
  ["not_swarm", false, "engine"],
  ["locked", true, "phase"],
  ["no_engine", false, "phase"],
  ["no_engine", true, "page"],
  ["electing", true, "page"],
  ["no_quorum", true, "page"],
  ["connecting", false, "phase"],
])("in phase %s with a picture: %s it shows the %s", (phase, hasPicture, expected) => {
  expect(gateOf(aModel({ nodes: hasPicture ? [aNode()] : [], info: { phase } }))).toBe(expected);
});
