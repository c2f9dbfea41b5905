import { describe, expect, it, test } from "vitest";
import { createAuth } from "#lib/server/auth/auth-service.ts";
import { openDatabase } from "#lib/server/db/open.ts";
import { usersTable } from "#lib/server/db/users.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { Role } from "#lib/shared/roles.ts";
import { type Auth, failure, home, log, password, signedIn, testDatabase } from "./test-auth.ts";

const { at, withAdmin } = testDatabase();

const code = (act: () => unknown) => {
  try {
    act();
    return "nothing thrown";
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const bearer = (auth: Auth, token: string) =>
  auth.authenticate({ cookie: null, authorization: `Bearer ${token}`, address: home });
const add = (auth: Auth, name: string, role: Caller["role"]) =>
  auth.people.createUser({ name, role, password });
const asUser = async (auth: Auth, name: string): Promise<Caller & { sid: string }> => {
  const { userId } = await auth.signIn({ name, password }, home);
  const sid = auth.openSession(userId, { address: home, userAgent: "Firefox" });
  const user = auth.sessionUser(sid);
  if (!user) throw new Error("not signed in");
  return { ...user, via: "session", credentialId: sid, address: home, sid };
};

describe("accounts", () => {
  it("are made with a given or a made password, and names differ by more than case", async () => {
    const auth = await withAdmin();
    const made = await auth.people.createUser({ name: "bob", role: "operator" });
    expect(made.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect((await auth.signIn({ name: "bob", password: made.password ?? "" }, home)).name).toBe("bob");
    expect((await add(auth, "eve", "viewer")).password).toBeNull();
    expect(await failure(add(auth, "BOB", "viewer"))).toBe("already_done");
    expect(await failure(auth.people.createUser({ name: "x", role: "viewer", password: "short" }))).toBe(
      "invalid_input",
    );
    const twins = await Promise.all(["kim", "Kim"].map((name) => failure(add(auth, name, "viewer"))));
    expect(twins.sort()).toEqual(["already_done", "nothing thrown"]);
    expect(auth.people.listUsers().map((user) => [user.name, user.role])).toEqual([
      ["ann", "admin"], ["bob", "operator"], ["eve", "viewer"], ["kim", "viewer"],
    ]); // biome-ignore format: short
  });

  it("keep their sessions over a new name and a higher role, and lose them with a lower one", async () => {
    const auth = await withAdmin();
    await add(auth, "bob", "operator");
    const bob = await asUser(auth, "bob");
    const ended: string[] = [];
    auth.onCredentialEnd((id) => ended.push(id));
    auth.people.changeUser("bob", { name: "rob", role: "admin" });
    expect(auth.sessionUser(bob.sid)).toMatchObject({ name: "rob", role: "admin" });
    expect(ended).toEqual([]);
    auth.people.changeUser("rob", { role: "viewer" });
    expect(ended).toEqual([bob.sid]);
    expect(auth.sessionUser(bob.sid)).toBeNull();
    expect(code(() => auth.people.changeUser("rob", { name: "ANN" }))).toBe("already_done");
  });

  it.each(["disabled", "removed"])("that are %s end at once, with everything they have open", async (how) => {
    const auth = await withAdmin();
    await add(auth, "bob", "operator");
    const bob = await asUser(auth, "bob");
    const { item, token } = auth.people.createOwnToken(bob, {
      name: "ci",
      role: "operator",
      expiresAt: null,
    });
    const ended: string[] = [];
    auth.onCredentialEnd((id) => ended.push(id));
    if (how === "disabled") auth.people.changeUser("bob", { disabled: true });
    else auth.people.removeUser("bob");
    expect(ended.sort()).toEqual([bob.sid, item.id].sort());
    expect(await bearer(auth, token)).toBeNull();
    expect(auth.sessionUser(bob.sid)).toBeNull();
    expect(await failure(auth.signIn({ name: "bob", password }, home))).toBe("wrong_credentials");
    if (how === "disabled") {
      auth.people.changeUser("bob", { disabled: false });
      expect((await bearer(auth, token))?.role).toBe("operator");
    } else {
      expect(at.db.prepare("SELECT count(*) FROM tokens").pluck().get()).toBe(0);
      expect(code(() => auth.people.user("bob"))).toBe("not_found");
    }
  });

  it("get another password from an admin, which ends their sessions", async () => {
    const auth = await withAdmin();
    await add(auth, "bob", "viewer");
    const bob = await asUser(auth, "bob");
    const { password: next } = await auth.people.resetPassword("bob");
    expect(auth.sessionUser(bob.sid)).toBeNull();
    expect(await failure(auth.signIn({ name: "bob", password }, home))).toBe("wrong_credentials");
    expect((await auth.signIn({ name: "bob", password: next ?? "" }, home)).name).toBe("bob");
  });
});

describe("the last admin who can sign in", () => {
  test.each<[string, (auth: Auth) => unknown]>([
    ["removed", (auth) => auth.people.removeUser("ann")],
    ["disabled", (auth) => auth.people.changeUser("ann", { disabled: true })],
    ["demoted", (auth) => auth.people.changeUser("ann", { role: "operator" })],
  ])("cannot be %s, whoever else there is", async (_how, act) => {
    const auth = await withAdmin();
    await add(auth, "bob", "operator");
    await add(auth, "eve", "admin");
    auth.people.changeUser("eve", { disabled: true });
    const { sid } = await signedIn(auth);
    expect(code(() => act(auth))).toBe("last_admin");
    expect(auth.people.user("ann")).toMatchObject({ role: "admin", disabled: false });
    expect(auth.sessionUser(sid)?.name).toBe("ann");
    auth.people.changeUser("eve", { disabled: false });
    expect(code(() => act(auth))).toBe("nothing thrown");
  });

  it("is kept between two processes, too", async () => {
    const auth = await withAdmin();
    const eve = (await add(auth, "eve", "admin")).user.id;
    const other = openDatabase(at.dataDir);
    const there = usersTable(other);
    auth.people.changeUser("ann", { role: "viewer" });
    expect(code(() => there.change(eve, { role: "viewer" }))).toBe("last_admin");
    expect(code(() => there.remove(eve))).toBe("last_admin");
    other.close();
  });
});

describe("tokens of a person", () => {
  it("may at most what the person may, now and later", async () => {
    const auth = await withAdmin();
    await add(auth, "bob", "operator");
    const bob = await asUser(auth, "bob");
    const make = (role: Role) => auth.people.createOwnToken(bob, { name: "ci", role, expiresAt: null });
    expect(code(() => make("admin"))).toBe("forbidden");
    const { token, item } = make("operator");
    expect(await bearer(auth, token)).toMatchObject({
      name: "bob, token ci",
      role: "operator",
      via: "token",
    });
    const ended: string[] = [];
    auth.onCredentialEnd((id) => ended.push(id));
    auth.people.changeUser("bob", { role: "viewer" });
    expect(ended).toContain(item.id);
    expect((await bearer(auth, token))?.role).toBe("viewer");
    expect(auth.people.token(item.id)).toMatchObject({ role: "operator", effectiveRole: "viewer" });
    auth.people.changeUser("bob", { role: "admin" });
    expect((await bearer(auth, token))?.role).toBe("operator");
  });

  it("are listed, and revoked, by their owner alone; by an admin all of them", async () => {
    const auth = await withAdmin();
    await add(auth, "bob", "viewer");
    const [bob, ann] = [await asUser(auth, "bob"), await asUser(auth, "ann")];
    const bobs = auth.people.createOwnToken(bob, { name: "b", role: "viewer", expiresAt: null });
    const anns = auth.people.createOwnToken(ann, { name: "a", role: "admin", expiresAt: at.clock + 1_000 });
    const cli = auth.createToken({ name: "cli", role: "viewer", expiresAt: null });
    expect(auth.people.ownTokens(bob).map((token) => token.id)).toEqual([bobs.item.id]);
    expect(code(() => auth.people.revokeOwnToken(bob, anns.item.id))).toBe("not_found");
    expect(code(() => auth.people.revokeOwnToken(bob, cli.id))).toBe("not_found");
    expect(auth.people.listTokens().map((token) => [token.name, token.owner?.name ?? null])).toEqual(
      expect.arrayContaining([["a", "ann"], ["b", "bob"], ["cli", null]]),
    ); // biome-ignore format: short
    auth.people.revokeToken(bobs.item.id);
    expect(await bearer(auth, bobs.token)).toBeNull();
    at.clock += 1_000;
    expect(await bearer(auth, anns.token)).toBeNull();
    expect(auth.people.token(anns.item.id).effectiveRole).toBeNull();
  });

  it("have no account of their own to act on", async () => {
    const auth = await withAdmin();
    const ann = await asUser(auth, "ann");
    const { token } = auth.people.createOwnToken(ann, { name: "ci", role: "admin", expiresAt: null });
    const caller = (await bearer(auth, token)) as Caller;
    expect(code(() => auth.people.ownTokens(caller))).toBe("forbidden");
    expect(code(() => auth.people.twoFactor(caller))).toBe("forbidden");
    expect(await failure(auth.people.beginTwoFactor(caller, password))).toBe("forbidden");
  });

  it("end here when another process disables their owner", async () => {
    const auth = await withAdmin();
    await add(auth, "bob", "viewer");
    const { item, token } = auth.people.createOwnToken(await asUser(auth, "bob"), {
      name: "ci", role: "viewer", expiresAt: null,
    }); // biome-ignore format: short
    await bearer(auth, token);
    const stop = auth.watch();
    const ended = new Promise<string>((resolve) => {
      auth.onCredentialEnd((id) => id === item.id && resolve(id));
    });
    const other = openDatabase(at.dataDir);
    createAuth({ db: other, log, audit: { write: () => {} } }).people.changeUser("bob", { disabled: true });
    other.close();
    expect(await ended).toBe(item.id);
    stop();
  });
});
