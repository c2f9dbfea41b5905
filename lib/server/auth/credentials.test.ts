import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { openDatabase } from "#lib/server/db/open.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { createAuth } from "./auth-service.ts";
import { type Auth, cookieFor, failure, home, log, password, signedIn, testDatabase } from "./test-auth.ts";

const { at, start, withAdmin } = testDatabase();
const day = 86_400_000;

describe("sessions", () => {
  it("survive a restart, are listed, and end one by one", async () => {
    const first = await signedIn(await withAdmin());
    const auth = start();
    const second = await signedIn(auth);
    expect(auth.listSessions(second.caller).map((s) => [s.id, s.current, s.address, s.userAgent])).toEqual(
      expect.arrayContaining([
        [first.sid, false, home, "Firefox"],
        [second.sid, true, home, "Firefox"],
      ]),
    );
    const ended: string[] = [];
    auth.onCredentialEnd((id) => ended.push(id));
    auth.endOwnSession(second.caller, first.sid);
    expect(ended).toEqual([first.sid]);
    expect(await auth.authenticate({ cookie: first.cookie, authorization: null, address: home })).toBeNull();
    expect(
      await auth.authenticate({ cookie: second.cookie, authorization: null, address: home }),
    ).not.toBeNull();
  });

  it("cannot be ended by somebody else", async () => {
    const auth = await withAdmin();
    await auth.applyAdminPassword({ kind: "plain", text: "of the other admin" });
    const other = await auth.signIn({ name: "admin", password: "of the other admin" }, home);
    const sid = auth.openSession(other.userId, { address: home, userAgent: "" });
    const { caller } = await signedIn(auth);
    expect(() => auth.endOwnSession(caller, sid)).toThrow("not yours");
    expect(auth.sessionUser(sid)?.name).toBe("admin");
  });

  it("all end with sign out everywhere", async () => {
    const auth = await withAdmin();
    const [one, two] = [await signedIn(auth), await signedIn(auth)];
    auth.endAllSessions(one.caller);
    expect([auth.sessionUser(one.sid), auth.sessionUser(two.sid)]).toEqual([null, null]);
  });

  it("live while used and end after 30 days of rest", async () => {
    const auth = await withAdmin();
    const { cookie, sid } = await signedIn(auth);
    const use = () => auth.authenticate({ cookie, authorization: null, address: home });
    at.clock += 29 * day;
    expect(await use()).not.toBeNull();
    at.clock += 29 * day;
    expect(auth.sessionUser(sid)).not.toBeNull();
    at.clock += day;
    expect(auth.sessionUser(sid)).toBeNull();
    expect(await use()).toBeNull();
  });

  it("are written as seen at most once a minute", async () => {
    const auth = await withAdmin();
    const { cookie, sid } = await signedIn(auth);
    const seen = () => at.db.prepare("SELECT last_seen_at FROM sessions WHERE id = ?").pluck().get(sid);
    const began = seen();
    at.clock += 59_000;
    await auth.authenticate({ cookie, authorization: null, address: home });
    expect(seen()).toBe(began);
    at.clock += 1_000;
    await auth.authenticate({ cookie, authorization: null, address: "192.0.2.8" });
    expect(seen()).toBe(at.clock);
    expect(at.db.prepare("SELECT address FROM sessions WHERE id = ?").pluck().get(sid)).toBe("192.0.2.8");
  });

  it("are read from the cookie of https as well, and not from forged ones", async () => {
    const auth = await withAdmin();
    const { sid } = await signedIn(auth);
    const ask = (cookie: string) => auth.authenticate({ cookie, authorization: null, address: home });
    expect(await ask(await cookieFor(auth, sid, true))).not.toBeNull();
    const forged = await encode({ token: { sid }, secret: "another secret" });
    for (const cookie of [
      "",
      "shoal.session",
      "shoal.session=",
      "shoal.session=x.y.z",
      `shoal.session=${forged}`,
      `shoal.session=${sid}`,
    ]) {
      expect(await ask(cookie)).toBeNull();
    }
  });

  it("end when the password changes, except the one that changed it", async () => {
    const auth = await withAdmin();
    const [one, two] = [await signedIn(auth), await signedIn(auth)];
    await auth.changePassword(one.caller, { current: password, next: "another long one" });
    expect(auth.sessionUser(one.sid)).not.toBeNull();
    expect(auth.sessionUser(two.sid)).toBeNull();
    expect(await failure(auth.changePassword(one.caller, { current: password, next: "x".repeat(12) }))).toBe(
      "wrong_credentials",
    );
  });

  it("of a disabled account end, and it cannot sign in", async () => {
    const auth = await withAdmin();
    const { sid } = await signedIn(auth);
    await auth.people.createUser({ name: "bob", role: "admin" });
    auth.people.changeUser("ann", { disabled: true });
    expect(auth.sessionUser(sid)).toBeNull();
    expect(await failure(auth.signIn({ name: "ann", password }, home))).toBe("wrong_credentials");
  });
});

describe("tokens", () => {
  const ask = (auth: Auth, authorization: string, cookie: string | null = null) =>
    auth.authenticate({ cookie, authorization, address: home });

  it("made by another process work at once, with their role", async () => {
    const server = await withAdmin();
    const other = openDatabase(at.dataDir);
    const { id, token } = createAuth({ db: other, log, audit: { write: () => {} } }).createToken({
      name: "ci", role: "operator", expiresAt: null,
    }); // biome-ignore format: short
    other.close();
    expect(token).toMatch(/^shoal_[0-9a-f]{12}_[A-Za-z0-9]{32}$/);
    expect(await ask(server, `Bearer ${token}`)).toEqual({
      userId: `token:${id}`, name: "token ci", role: "operator", access: { role: "operator", clusters: {} }, via: "token", credentialId: id, address: home,
    }); // biome-ignore format: short
    expect(server.listTokens()[0]).toMatchObject({ name: "ci", lastUsedAt: at.clock });
  });

  it("are kept as a hash only", async () => {
    const auth = await withAdmin();
    const { token } = auth.createToken({ name: "ci", role: "viewer", expiresAt: null });
    expect(JSON.stringify(at.db.prepare("SELECT * FROM tokens").all())).not.toContain(token.split("_")[2]);
  });

  it("end by expiry, revocation, and with a wrong secret", async () => {
    const auth = await withAdmin();
    const { id, token } = auth.createToken({ name: "ci", role: "viewer", expiresAt: at.clock + 1_000 });
    expect(await ask(auth, `bearer ${token}`)).not.toBeNull();
    expect(await ask(auth, `Bearer ${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}`)).toBeNull();
    at.clock += 1_000;
    expect(await ask(auth, `Bearer ${token}`)).toBeNull();
    const ended: string[] = [];
    auth.onCredentialEnd((each) => ended.push(each));
    auth.revokeToken(id);
    expect(ended).toEqual([id]);
    expect(() => auth.revokeToken(id)).toThrow("not there any more");
  });

  it("never fall back to the cookie, because a bearer header skips the origin check", async () => {
    const auth = await withAdmin();
    const { cookie } = await signedIn(auth);
    expect(await ask(auth, "Bearer nonsense", cookie)).toBeNull();
    expect(await ask(auth, "Bearer a b", cookie)).toBeNull();
    expect(await ask(auth, "Basic abc", cookie)).not.toBeNull();
  });

  it("have no password and no sessions", async () => {
    const auth = await withAdmin();
    const { token } = auth.createToken({ name: "ci", role: "admin", expiresAt: null });
    const caller = (await ask(auth, `Bearer ${token}`)) as Caller;
    expect(() => auth.listSessions(caller)).toThrow("API token");
    expect(await failure(auth.changePassword(caller, { current: password, next: password }))).toBe(
      "forbidden",
    );
  });
});

describe("what another process ends", () => {
  it("is noticed: a reset password closes what the session keeps open", async () => {
    const auth = await withAdmin();
    const { sid } = await signedIn(auth);
    const stop = auth.watch();
    const ended = new Promise<string>((resolve) => auth.onCredentialEnd(resolve));
    const other = openDatabase(at.dataDir);
    const chosen = await createAuth({ db: other, log, cost: 4, audit: { write: () => {} } }).resetPassword(
      "ann",
    );
    other.close();
    expect(await ended).toBe(sid);
    stop();
    expect(chosen).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect((await auth.signIn({ name: "ann", password: chosen }, home)).name).toBe("ann");
  });

  it("names the accounts when the one to reset is not there", async () => {
    const auth = await withAdmin();
    await expect(auth.resetPassword("bob")).rejects.toThrow("There are: ann.");
    await expect(auth.resetPassword("ann", "short")).rejects.toThrow("at least 10 characters");
  });
});
