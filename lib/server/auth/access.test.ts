import { describe, expect, it, test } from "vitest";
import { createAuth } from "#lib/server/auth/auth-service.ts";
import { clustersTable } from "#lib/server/db/clusters.ts";
import { openDatabase } from "#lib/server/db/open.ts";
import type { Access } from "#lib/shared/access.ts";
import type { Role } from "#lib/shared/roles.ts";
import { type Auth, cookieFor, failure, home, log, password, testDatabase } from "./test-auth.ts";

const { at, withAdmin } = testDatabase();

async function person(auth: Auth, name: string, access: Access) {
  const { user } = await auth.people.createUser({ name, ...access, password });
  const sid = auth.openSession(user.id, { address: home, userAgent: "" });
  const cookie = await cookieFor(auth, sid);
  const caller = () => auth.authenticate({ cookie, authorization: null, address: home });
  return { id: user.id, sid, caller };
}
const byToken = (auth: Auth, token: string) =>
  auth.authenticate({ cookie: null, authorization: `Bearer ${token}`, address: home });
const token = (role: Role, clusters?: string[]) => ({ name: "ci", role, clusters, expiresAt: null });

describe("roles in single clusters", () => {
  it("are replaced as a whole, kept apart from the role everywhere, and told at once", async () => {
    const auth = await withAdmin();
    const bob = await person(auth, "bob", { role: "viewer", clusters: { lab: "admin" } });
    expect((await bob.caller())?.access).toEqual({ role: "viewer", clusters: { lab: "admin" } });
    const told: unknown[] = [];
    const ended: string[] = [];
    auth.onAccessChange((id, access) => told.push([id, access]));
    auth.onCredentialEnd((id) => ended.push(id));
    auth.people.changeUser("bob", { clusters: { shop: "none" } });
    auth.people.changeUser("bob", { name: "rob" });
    auth.people.changeUser("rob", { role: "operator" });
    expect(told).toEqual([
      [bob.sid, { role: "viewer", clusters: { shop: "none" } }],
      [bob.sid, { role: "operator", clusters: { shop: "none" } }],
    ]);
    // Nobody is signed out for it.
    expect(ended).toEqual([]);
    expect(auth.people.user("rob")).toMatchObject({ role: "operator", clusters: { shop: "none" } });
  });

  it("are nothing for an admin, who could undo them", async () => {
    const auth = await withAdmin();
    const made = auth.people.createUser({ name: "eve", role: "admin", clusters: { lab: "none" }, password });
    expect(await failure(made)).toBe("invalid_input");
    expect(() => auth.people.changeUser("ann", { clusters: { lab: "viewer" } })).toThrow("in every cluster");
    await person(auth, "bob", { role: "none", clusters: { lab: "admin" } });
    expect(() => auth.people.changeUser("bob", { role: "admin", clusters: { lab: "none" } })).toThrow();
    expect(auth.people.changeUser("bob", { role: "admin" })).toMatchObject({ role: "admin", clusters: {} });
  });

  it("do not make somebody the admin that has to stay", async () => {
    const auth = await withAdmin();
    await person(auth, "bob", { role: "none", clusters: { local: "admin" } });
    expect(() => auth.people.removeUser("ann")).toThrow("last admin");
  });

  test("another process changes them: noticed by whoever is connected here", async () => {
    const auth = await withAdmin();
    const bob = await person(auth, "bob", { role: "viewer", clusters: {} });
    await bob.caller();
    const stop = auth.watch();
    const told = new Promise<Access>((resolve) => auth.onAccessChange((_, access) => resolve(access)));
    const other = openDatabase(at.dataDir);
    createAuth({ db: other, log, audit: { write: () => {} } }).people.changeUser("bob", {
      clusters: { lab: "none" },
    });
    other.close();
    expect(await told).toEqual({ role: "viewer", clusters: { lab: "none" } });
    stop();
  });
});

describe("tokens", () => {
  it("go as far as their owner, cluster by cluster, and no further than their own limits", async () => {
    const auth = await withAdmin();
    const bob = await person(auth, "bob", { role: "viewer", clusters: { lab: "admin", shop: "none" } });
    const caller = await bob.caller();
    if (!caller) throw new Error("not signed in");
    const wide = auth.people.createOwnToken(caller, token("operator"));
    expect((await byToken(auth, wide.token))?.access).toEqual({
      role: "viewer",
      clusters: { lab: "operator", shop: "none" },
    });
    const narrow = auth.people.createOwnToken(caller, token("admin", ["lab"]));
    expect(narrow.item).toMatchObject({ role: "admin", clusters: ["lab"], effectiveRole: "admin" });
    expect((await byToken(auth, narrow.token))?.access).toEqual({ role: "none", clusters: { lab: "admin" } });
    // Where the owner may only look, a token may not do more either.
    expect(() => auth.people.createOwnToken(caller, token("operator", ["local"]))).toThrow("bob is viewer");
    // Where the owner may see nothing there is nothing for a token.
    expect(() => auth.people.createOwnToken(caller, token("viewer", ["shop"]))).toThrow("no cluster");
    auth.people.changeUser("bob", { clusters: {} });
    expect((await byToken(auth, narrow.token))?.access).toEqual({
      role: "none",
      clusters: { lab: "viewer" },
    });
    auth.people.changeUser("bob", { clusters: { lab: "none" } });
    expect(auth.people.token(narrow.item.id).effectiveRole).toBe("none");
  });

  it("are told when what they may do changes", async () => {
    const auth = await withAdmin();
    const bob = await person(auth, "bob", { role: "viewer", clusters: {} });
    const caller = await bob.caller();
    if (!caller) throw new Error("not signed in");
    const [lab, shop] = ["lab", "shop"].map((id) =>
      auth.people.createOwnToken(caller, token("viewer", [id])),
    );
    for (const each of [lab, shop]) await byToken(auth, each?.token ?? "");
    const told: string[] = [];
    auth.onAccessChange((id) => told.push(id));
    auth.people.changeUser("bob", { clusters: { lab: "none" } });
    expect(told.sort()).toEqual([bob.sid, lab?.item.id].sort());
  });
});

test("a removed cluster takes along what people and tokens may do in it, and makes no token wider", async () => {
  const auth = await withAdmin();
  const bob = await person(auth, "bob", { role: "viewer", clusters: { lab: "none", shop: "admin" } });
  const caller = await bob.caller();
  if (!caller) throw new Error("not signed in");
  const only = auth.people.createOwnToken(caller, token("viewer", ["shop"]));
  const both = auth.people.createOwnToken(caller, token("viewer", ["local", "shop"]));
  const free = auth.people.createOwnToken(caller, token("viewer"));
  const told: unknown[] = [];
  auth.onAccessChange((_, access) => told.push(access));
  const table = clustersTable(at.db);
  table.put({ id: "shop", name: "Shop", createdAt: 1 });
  table.remove("shop");
  auth.accessChanged();
  expect(told).toEqual([{ role: "viewer", clusters: { lab: "none" } }]);
  expect(auth.people.token(only.item.id)).toMatchObject({ clusters: [], effectiveRole: "none" });
  expect(auth.people.token(both.item.id).clusters).toEqual(["local"]);
  expect(auth.people.token(free.item.id).clusters).toBeNull();
  table.remove("lab");
  expect(auth.people.user("bob").clusters).toEqual({});
});
