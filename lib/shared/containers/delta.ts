import { applyCollection, diffCollection, sameJson } from "../model/reducer.ts";
import type { ContainerDelta, ContainerPicture, ContainerView } from "./types.ts";

type Parts = Omit<ContainerPicture, "seq">;

/**
 * The delta from one picture to a later one, or null when nothing a screen shows has changed. That Docker's words for
 * a time have moved on ("Up 3 hours") is no change: it would be one of every row, again and again.
 */
export function diffContainers(before: ContainerPicture, after: Parts): ContainerDelta | null {
  const { set = [], del = [] } = diffCollection<ContainerView>(before.rows, after.rows) ?? {};
  const changed = set.filter((fields) => Object.keys(fields).some((key) => key !== "id" && key !== "status"));
  const nodes = sameJson(before.nodes, after.nodes) ? undefined : after.nodes;
  if (changed.length === 0 && del.length === 0 && !nodes) return null;
  return { seq: before.seq + 1, set: changed, del, ...(nodes && { nodes }) };
}

/** The picture after a delta; null when one is missing in between. */
export function applyContainers(picture: ContainerPicture, delta: ContainerDelta): ContainerPicture | null {
  if (delta.seq !== picture.seq + 1) return null;
  return {
    seq: delta.seq,
    rows: applyCollection(picture.rows, delta),
    nodes: delta.nodes ?? picture.nodes,
  };
}
