import { hashSync } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { auditTable } from "#lib/server/db/audit.ts";
import { createAuth } from "./auth-service.ts";
import { failure, home, log, password, signedIn, testDatabase } from "./test-auth.ts";

const { at, start, withAdmin } = testDatabase();

describe("first run", () => {
  it("makes one admin with the code from the log, in any spelling, and then no other", async () => {
    const auth = start();
    const code = auth.setupCode() ?? "";
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(auth.needsSetup()).toBe(true);
    await auth.setup({ code: ` ${code.toLowerCase().replaceAll("-", " ")}`, name: "ann", password }, home);
    expect(auth.needsSetup()).toBe(false);
    expect(auth.setupCode()).toBeNull();
    expect(await failure(auth.setup({ code, name: "eve", password }, home))).toBe("already_done");
    expect(auth.accountNames()).toEqual(["ann"]);
    expect(start().setupCode()).toBeNull();
  });

  it("has a new code at each start until then", () => {
    expect(start().setupCode()).not.toBe(start().setupCode());
  });

  it("lets only one of two people at the same moment be first", async () => {
    const auth = start();
    const code = auth.setupCode() ?? "";
    const results = await Promise.all(
      ["ann", "eve"].map((name) => failure(auth.setup({ code, name, password }, home))),
    );
    expect(results.sort()).toEqual(["already_done", "nothing thrown"]);
    expect(auth.accountNames()).toHaveLength(1);
  });

  it("slows wrong codes down, for that address only", async () => {
    const auth = start();
    const wrong = (address: string) => failure(auth.setup({ code: "AAAA", name: "eve", password }, address));
    for (let i = 0; i < 5; i++) expect(await wrong("198.51.100.1")).toBe("invalid_input");
    expect(await wrong("198.51.100.1")).toBe("slow_down");
    expect(await wrong("198.51.100.2")).toBe("invalid_input");
    await auth.setup({ code: auth.setupCode() ?? "", name: "ann", password }, home);
    expect(auth.needsSetup()).toBe(false);
  });
});

describe("configured admin password", () => {
  const hash = (text: string, prefix: string) => hashSync(text, 4).replace(/^\$2[aby]/, prefix);

  it.each(["$2a", "$2b", "$2y"])("takes a %s hash", async (prefix) => {
    const auth = start();
    await auth.applyAdminPassword({ kind: "hash", name: null, hash: hash(password, prefix) });
    expect((await auth.signIn({ name: "admin", password }, home)).name).toBe("admin");
    expect(await failure(auth.signIn({ name: "admin", password: "wrong password" }, home))).toBe(
      "wrong_credentials",
    );
  });

  it("takes the name before the hash, needs no setup, and is found in any case", async () => {
    const auth = start();
    await auth.applyAdminPassword({ kind: "hash", name: "Root", hash: hash(password, "$2y") });
    expect(auth.needsSetup()).toBe(false);
    expect((await auth.signIn({ name: "root", password }, home)).name).toBe("Root");
  });

  it.each([
    ["hash", (text: string) => ({ kind: "hash" as const, name: "ann", hash: hash(text, "$2b") })],
    ["file", (text: string) => ({ kind: "plain" as const, text })],
  ])("from a %s: the same one does nothing, a changed one ends sessions", async (_kind, make) => {
    const given = make(password);
    const auth = start();
    expect((await auth.applyAdminPassword(given)).done).toBe("created");
    const name = auth.accountNames()[0] ?? "";
    const { userId } = await auth.signIn({ name, password }, home);
    const sid = auth.openSession(userId, { address: home, userAgent: "" });
    expect((await auth.applyAdminPassword(given)).done).toBe("unchanged");
    expect(auth.sessionUser(sid)?.role).toBe("admin");
    expect((await auth.applyAdminPassword(make("another long one"))).done).toBe("changed");
    expect(auth.sessionUser(sid)).toBeNull();
    expect(await failure(auth.signIn({ name, password }, home))).toBe("wrong_credentials");
  });

  it("keeps a password changed on the page while the configured one stays the same", async () => {
    const given = { kind: "hash" as const, name: "ann", hash: hash(password, "$2b") };
    await start().applyAdminPassword(given);
    const auth = start();
    const { caller } = await signedIn(auth);
    await auth.changePassword(caller, { current: password, next: "changed on the page" });
    expect((await start().applyAdminPassword(given)).done).toBe("unchanged");
    expect((await start().signIn({ name: "ann", password: "changed on the page" }, home)).name).toBe("ann");
  });

  it("replaces a hash of little work at the next sign-in", async () => {
    await start().applyAdminPassword({ kind: "hash", name: null, hash: hash(password, "$2b") });
    const auth = createAuth({ db: at.db, log, now: () => at.clock, cost: 5, audit: { write: () => {} } });
    await auth.signIn({ name: "admin", password }, home);
    expect(at.db.prepare("SELECT password_hash FROM users").pluck().get()).toContain("$05$");
    expect((await auth.signIn({ name: "admin", password }, home)).name).toBe("admin");
  });
});

describe("sign-in", () => {
  it("answers the same for a wrong password and an unknown name, and audits without the typed name", async () => {
    const auth = await withAdmin();
    expect(await failure(auth.signIn({ name: "ann", password: "not this one" }, home))).toBe(
      "wrong_credentials",
    );
    expect(await failure(auth.signIn({ name: "my-secret-typed-here", password }, home))).toBe(
      "wrong_credentials",
    );
    await auth.signIn({ name: "ann", password }, home);
    const rows = auditTable(at.db).newest(10);
    expect(rows.map((row) => [row.action, row.object, row.result])).toEqual([
      ["session.begin", "account ann", "ok"],
      ["session.begin", "account", "failed"],
      ["session.begin", "account ann", "failed"],
    ]);
    const text = JSON.stringify(rows);
    for (const secret of [password, "not this one", "my-secret-typed-here"])
      expect(text).not.toContain(secret);
  });

  it("slows a guesser down but neither the owner elsewhere nor others at the same address", async () => {
    const auth = await withAdmin();
    await auth.applyAdminPassword({ kind: "plain", text: "of the other admin" });
    const guess = (name: string) => failure(auth.signIn({ name, password: "guess guess" }, "198.51.100.9"));
    for (let i = 0; i < 5; i++) expect(await guess("ann")).toBe("wrong_credentials");
    expect(await guess("ann")).toBe("slow_down");
    expect((await auth.signIn({ name: "ann", password }, home)).name).toBe("ann");
    const other = await auth.signIn({ name: "admin", password: "of the other admin" }, "198.51.100.9");
    expect(other.name).toBe("admin");
  });

  it("counts attempts made at the same moment", async () => {
    const auth = await withAdmin();
    const codes = await Promise.all(
      Array.from({ length: 30 }, () => failure(auth.signIn({ name: "ann", password: "guess guess" }, home))),
    );
    expect(codes.filter((code) => code === "wrong_credentials")).toHaveLength(5);
    expect(codes.filter((code) => code === "slow_down")).toHaveLength(25);
  });
});
