import type { ContainerView } from "../containers/types.ts";
import { compareNatural } from "../natural-order.ts";
import type { ProjectItem, ProjectState } from "./types.ts";

/** The containers of one project on one engine. */
export interface ProjectRow extends Omit<ProjectItem, "isKnown"> {
  readonly containers: readonly ContainerView[];
}

/** The projects among these containers, by name; containers of swarm services are none of theirs. */
export function projectRows(containers: Iterable<ContainerView>): readonly ProjectRow[] {
  const own = [...containers].filter(({ project, serviceId }) => project !== null && serviceId === null);
  const groups = Map.groupBy(own, ({ nodeId, project }) => `${nodeId} ${project}`);
  return [...groups.values()]
    .map(rowOf)
    .sort((a, b) => compareNatural(a.name, b.name) || compareNatural(a.nodeName, b.nodeName));
}

function rowOf(containers: readonly ContainerView[]): ProjectRow {
  const [{ project, nodeId, nodeName }] = containers as readonly [ContainerView];
  const services = new Set(containers.map((each) => each.composeService ?? each.name));
  return {
    name: project ?? "",
    nodeId,
    nodeName,
    state: stateOf(containers),
    services: [...services].sort(compareNatural),
    running: containers.filter(isRunning).length,
    total: containers.length,
    changedAt: Math.max(...containers.map(({ createdAt }) => createdAt)),
    containers: [...containers].sort((a, b) => compareNatural(a.name, b.name)),
  };
}

function isRunning({ state }: ContainerView): boolean {
  return state === "running";
}

function stateOf(containers: readonly ContainerView[]): ProjectState {
  const running = containers.filter(isRunning).length;
  // What restarts runs now and then: "stopped" would hide it.
  if (
    containers.some(
      ({ state, health }) => state === "restarting" || state === "dead" || health === "unhealthy",
    )
  )
    return "failing";
  if (running === 0) return "stopped";
  // One that has done its work is no loss.
  const done = containers.filter(({ state, exitCode }) => state === "exited" && exitCode === 0).length;
  return running + done === containers.length ? "running" : "partly";
}
