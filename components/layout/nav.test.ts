import { expect, test } from "vitest";
import { isAt, navPlaces } from "./nav.ts";

const places = navPlaces("my cluster", "viewer");

test("every place has a key of its own, and four stand in the bar of phones", () => {
  expect(new Set(places.map((place) => place.key)).size).toBe(places.length);
  expect(places.filter((place) => place.isInBar).map((place) => place.id)).toEqual([
    "map",
    "services",
    "tasks",
    "nodes",
  ]);
  expect(places.every((place) => place.href.startsWith("/c/my%20cluster/"))).toBe(true);
});

test("an engine without a swarm has projects where a swarm has stacks", () => {
  const ids = (isEngine: boolean) => navPlaces("c", "viewer", isEngine).map(({ id }) => id);
  expect(ids(false)).toContain("stacks");
  expect(ids(false)).not.toContain("projects");
  expect(ids(true)).toEqual(ids(false).map((id) => (id === "stacks" ? "projects" : id)));
});

test("what stands below the line comes last", () => {
  const below = places.map((place) => place.isBelowLine === true);
  expect(below).toEqual([...below].sort((a, b) => Number(a) - Number(b)));
});

test("a place is current on its pages, below them and at its other addresses", () => {
  const current = (path: string) => places.filter((place) => isAt(place, path)).map((place) => place.id);
  expect(current("/c/my%20cluster/services/abc")).toEqual(["services"]);
  expect(current("/c/my%20cluster/servicesabc")).toEqual([]);
  expect(current("/c/my%20cluster/networks")).toEqual(["resources"]);
  expect(current("/c/my%20cluster/secrets")).toEqual(["resources"]);
});
