"use client";

import { useSyncExternalStore } from "react";
import type { Density } from "#lib/shared/map/density.ts";
import type { MapFilter } from "#lib/shared/map/filter-map.ts";
import { byRole, type GroupBy } from "#lib/shared/map/group-nodes.ts";
import { useAddressQuery } from "./use-address-query.ts";

/** What the person chose to see: all of it in the address, so that a view can be shared. */
export interface MapState {
  readonly filter: MapFilter;
  readonly groupBy: GroupBy;
  readonly density: Density | "auto";
  /** Id of the task whose drawer is open. */
  readonly task: string | null;
  readonly setFilter: (filter: MapFilter) => void;
  readonly setGroupBy: (by: GroupBy) => void;
  readonly setDensity: (density: Density | "auto") => void;
  /** Opens a task's drawer; null closes it. */
  readonly select: (task: string | null) => void;
}

const lists = { stacks: "stack", states: "state", labels: "label", health: "health" } as const;

/** Reads the filter from the query of the address. */
export function readMapFilter(query: URLSearchParams): MapFilter {
  return {
    text: query.get("q") ?? "",
    stacks: query.getAll(lists.stacks),
    states: query.getAll(lists.states),
    labels: query.getAll(lists.labels),
    health: query.getAll(lists.health),
  };
}

/** The query with another filter; what else it says stays. */
export function writeMapFilter(query: URLSearchParams, filter: MapFilter): URLSearchParams {
  const next = new URLSearchParams(query);
  setOrDelete(next, "q", filter.text);
  for (const [list, name] of Object.entries(lists) as [keyof typeof lists, string][]) {
    next.delete(name);
    for (const value of filter[list]) next.append(name, value);
  }
  return next;
}

function setOrDelete(query: URLSearchParams, name: string, value: string) {
  if (value === "") query.delete(name);
  else query.set(name, value);
}

function readDensity(value: string | null): Density | "auto" {
  return value === "cards" || value === "compact" || value === "dots" ? value : "auto";
}

/** The map's choices, from the address. */
export function useMapState(): MapState {
  const [query, setQuery] = useAddressQuery();
  const set = (name: string, value: string) => {
    // The address itself and not the query of this render: two changes in a row must both last.
    const next = new URLSearchParams(window.location.search);
    setOrDelete(next, name, value);
    setQuery(next);
  };
  return {
    filter: readMapFilter(query),
    groupBy: query.get("group") ?? byRole,
    density: readDensity(query.get("density")),
    task: query.get("task"),
    setFilter: (filter) => setQuery(writeMapFilter(new URLSearchParams(window.location.search), filter)),
    setGroupBy: (by) => set("group", by === byRole ? "" : by),
    setDensity: (density) => set("density", density === "auto" ? "" : density),
    select: (task) => set("task", task ?? ""),
  };
}

let hovered: string | null = null;
const listeners = new Set<() => void>();

/** Lights the tasks of a service everywhere; null ends it. */
export function hoverService(serviceId: string | null) {
  if (serviceId === hovered) return;
  hovered = serviceId;
  for (const listener of listeners) listener();
}

/** Tells when another service is lit; the answer ends the telling. For drawings outside of React. */
export function onHoveredService(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Id of the service that is lit now. */
export function hoveredService(): string | null {
  return hovered;
}

/** Id of the service that is lit; null: none. */
export function useHoveredService(): string | null {
  return useSyncExternalStore(onHoveredService, hoveredService, () => null);
}
