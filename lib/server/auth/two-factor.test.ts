import { describe, expect, it } from "vitest";
import { auditTable } from "#lib/server/db/audit.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { type Auth, failure, home, password, signedIn, testDatabase } from "./test-auth.ts";
import { codeAt, stepAt } from "./totp.ts";

const { at, start, withAdmin } = testDatabase();

/** What an authenticator app does with the text it was given. */
function bytesOf(base32: string): Buffer {
  const bits = [...base32].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  return Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
const appCode = (secret: string, steps = 0) => codeAt(bytesOf(secret), stepAt(at.clock) + steps);
const signIn = (auth: Auth, code?: string, address = home) =>
  auth.signIn({ name: "ann", password, ...(code !== undefined && { code }) }, address);
const nextStep = () => {
  at.clock += 30_000;
};

/** Ann with the second factor on; a step later, so that the code that turned it on is in the past. */
async function withSecondFactor(): Promise<{
  auth: Auth;
  secret: string;
  caller: Caller;
  recovery: readonly string[];
}> {
  const auth = await withAdmin();
  const { caller } = await signedIn(auth);
  const { secret } = await auth.people.beginTwoFactor(caller, password);
  const recovery = auth.people.confirmTwoFactor(caller, appCode(secret));
  nextStep();
  return { auth, secret, caller, recovery };
}

describe("setting it up", () => {
  it("needs the password, then a code, and shows ten different recovery codes", async () => {
    const auth = await withAdmin();
    const { caller } = await signedIn(auth);
    expect(await failure(auth.people.beginTwoFactor(caller, "not the password"))).toBe("wrong_credentials");
    expect(() => auth.people.confirmTwoFactor(caller, "123456")).toThrow("not begun");
    const { secret, uri } = await auth.people.beginTwoFactor(caller, password);
    expect(new URL(uri).searchParams.get("secret")).toBe(secret);
    expect(bytesOf(secret)).toHaveLength(20);
    expect(() => auth.people.confirmTwoFactor(caller, appCode(secret, 5))).toThrow("not right");
    expect(auth.people.twoFactor(caller).enabled).toBe(false);
    // Nothing is asked for before it is confirmed: nobody is shut out by half a set-up.
    expect((await signIn(auth)).name).toBe("ann");
    const codes = auth.people.confirmTwoFactor(caller, appCode(secret));
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);
    expect(auth.people.twoFactor(caller)).toEqual({ enabled: true, since: at.clock, recoveryCodesLeft: 10 });
    expect(await failure(auth.people.beginTwoFactor(caller, password))).toBe("conflict");
    // The code that turned it on is used up.
    expect(await failure(signIn(auth, appCode(secret)))).toBe("wrong_code");
  });

  it("keeps neither the secret nor the recovery codes in clear", async () => {
    const { secret, recovery } = await withSecondFactor();
    const kept = JSON.stringify([
      at.db.prepare("SELECT * FROM two_factor").all(),
      at.db.prepare("SELECT * FROM recovery_codes").all(),
      auditTable(at.db).newest(100),
    ]);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(bytesOf(secret).toString("hex"));
    expect(kept).not.toContain(bytesOf(secret).toString("base64url"));
    for (const code of recovery) expect(kept).not.toContain(code);
  });

  it("survives a restart, and its secret opens for its owner alone", async () => {
    const { secret } = await withSecondFactor();
    expect((await signIn(start(), appCode(secret))).name).toBe("ann");
    await start().people.createUser({ name: "bob", role: "viewer", password });
    at.db.exec("UPDATE two_factor SET user_id = (SELECT id FROM users WHERE name = 'bob')");
    nextStep();
    const stolen = start().signIn({ name: "bob", password, code: appCode(secret) }, home);
    await expect(stolen).rejects.toThrow();
  });
});

describe("signing in", () => {
  it("asks for the code only after the right password", async () => {
    const { auth, secret } = await withSecondFactor();
    const code = appCode(secret);
    expect(await failure(auth.signIn({ name: "ann", password: "not this one", code }, home))).toBe(
      "wrong_credentials",
    );
    expect(await failure(auth.signIn({ name: "nobody", password, code }, home))).toBe("wrong_credentials");
    expect(await failure(signIn(auth))).toBe("code_needed");
    expect(await failure(signIn(auth, ""))).toBe("code_needed");
    expect((await signIn(auth, `${code.slice(0, 3)} ${code.slice(3)}`)).name).toBe("ann");
    expect(auditTable(at.db).newest(2)).toMatchObject([
      { action: "session.begin", object: "account ann", result: "ok", facts: '{"secondFactor":"code"}' },
      { action: "session.password", object: "account ann", result: "ok" },
    ]);
  });

  it("never takes a code twice, nor one before it", async () => {
    const { auth, secret } = await withSecondFactor();
    await signIn(auth, appCode(secret, 1));
    expect(await failure(signIn(auth, appCode(secret, 1)))).toBe("wrong_code");
    expect(await failure(signIn(auth, appCode(secret)))).toBe("wrong_code");
    nextStep();
    expect(await failure(signIn(auth, appCode(secret)))).toBe("wrong_code");
    nextStep();
    expect((await signIn(auth, appCode(secret))).name).toBe("ann");
  });

  it("takes one of two at the same moment with one code", async () => {
    const { auth, secret } = await withSecondFactor();
    const code = appCode(secret);
    const both = await Promise.all([failure(signIn(auth, code)), failure(signIn(auth, code))]);
    expect(both.sort()).toEqual(["nothing thrown", "wrong_code"]);
  });

  it("takes a recovery code once, in any spelling, and says how many are left", async () => {
    const { auth, recovery, caller } = await withSecondFactor();
    const [first = "", second = ""] = recovery;
    expect((await signIn(auth, ` ${first.toUpperCase().replace("-", " ")} `)).name).toBe("ann");
    expect(await failure(signIn(auth, first))).toBe("wrong_code");
    expect(auth.people.twoFactor(caller).recoveryCodesLeft).toBe(9);
    await auth.people.renewRecoveryCodes(caller, password);
    expect(await failure(signIn(auth, second))).toBe("wrong_code");
    expect(auth.people.twoFactor(caller).recoveryCodesLeft).toBe(10);
  });

  it("slows wrong codes down, from however many addresses, and the right password resets nothing", async () => {
    const { auth, secret } = await withSecondFactor();
    const outcomes: string[] = [];
    for (let n = 0; n < 12; n++) {
      const address = `198.51.100.${n}`;
      await failure(signIn(auth, undefined, address));
      outcomes.push(await failure(signIn(auth, "000000", address)));
    }
    expect(outcomes.slice(0, 10)).toEqual(Array(10).fill("wrong_code"));
    expect(outcomes.slice(10)).toEqual(["slow_down", "slow_down"]);
    expect(await failure(signIn(auth, appCode(secret)))).toBe("slow_down");
    at.clock += 300_000;
    expect((await signIn(auth, appCode(secret))).name).toBe("ann");
  });

  it("counts wrong codes among the failed sign-ins of an address", async () => {
    const { auth } = await withSecondFactor();
    for (let n = 0; n < 5; n++) {
      expect(await failure(signIn(auth, undefined, "198.51.100.1"))).toBe("code_needed");
      expect(await failure(signIn(auth, "000000", "198.51.100.1"))).toBe("wrong_code");
    }
    expect(await failure(signIn(auth, undefined, "198.51.100.1"))).toBe("slow_down");
  });
});

describe("ending it", () => {
  it("is the owner's with the password, and then the password alone signs in", async () => {
    const { auth, caller } = await withSecondFactor();
    expect(await failure(auth.people.disableTwoFactor(caller, "not the password"))).toBe("wrong_credentials");
    await auth.people.disableTwoFactor(caller, password);
    expect((await signIn(auth)).name).toBe("ann");
    expect(await failure(auth.people.disableTwoFactor(caller, password))).toBe("conflict");
    expect(at.db.prepare("SELECT count(*) FROM recovery_codes").pluck().get()).toBe(0);
  });

  it("is the admin's by a reset; a new password leaves it on", async () => {
    const { auth } = await withSecondFactor();
    const { password: next } = await auth.people.resetPassword("ann");
    const again = () => auth.signIn({ name: "ann", password: next ?? "" }, home);
    expect(await failure(again())).toBe("code_needed");
    auth.people.resetTwoFactor("ann");
    expect((await again()).name).toBe("ann");
    expect(() => auth.people.resetTwoFactor("ann")).toThrow("not on");
  });
});
