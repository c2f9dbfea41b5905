import { expect, it } from "vitest";
import { loginFor, serverAddress } from "./login-for.ts";

const login = (address: string, clusters: readonly string[] | null = null, updatedAt = 1) => ({
  address,
  clusters,
  updatedAt,
});
const hub = login("docker.io");
const own = login("registry:5000");

it.each([
  ["nginx", hub],
  ["acme/api:1", hub],
  ["docker.io/acme/api@sha256:aa", hub],
  ["registry:5000/team/app:1.2", own],
  ["registry:5001/team/app", null],
  ["registry/team/app", hub],
  ["registry.example.com/app", null],
])("%s", (image, expected) => expect(loginFor([hub, own], image, "local")).toBe(expected));

it("rather the cluster's own than one for all, and of several the newest; never another cluster's", () => {
  const all = login("ghcr.io", null, 9);
  const [old, recent] = [login("ghcr.io", ["local"], 2), login("ghcr.io", ["local", "b"], 3)];
  const other = login("ghcr.io", ["elsewhere"], 10);
  expect(loginFor([all, old, recent, other], "ghcr.io/a/b", "local")).toBe(recent);
  expect(loginFor([all, old, other], "ghcr.io/a/b", "third")).toBe(all);
  expect(loginFor([old, other], "ghcr.io/a/b", "third")).toBeNull();
});

it("engines know Docker Hub by an address of its own", () => {
  expect(serverAddress(hub)).toBe("https://index.docker.io/v1/");
  expect(serverAddress(own)).toBe("registry:5000");
});
