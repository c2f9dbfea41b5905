import { createConnection } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  AuditPage, NewTokenAnswer, RecoveryCodes, TokenInfo, TwoFactorSetup, UserInfo,
} from "#lib/shared/api/people-types.ts"; // biome-ignore format: one block
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { closeCodes } from "#lib/shared/close-codes.ts";
import { appCode } from "../lab/authenticator.ts";
import { command } from "../lab/command.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { NODE, payload } from "../lab/payload.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInAnswer, signInOver } from "../lab/sign-in.ts";
import { watchCluster } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { password, peopleOf } from "./people-on-lab.ts";

let lab: Lab;
let shoal: Shoal;
beforeAll(async () => {
  lab = await startLab({ name: "people", nodes: 1, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
});
const { ask, refused, person, statusOf } = peopleOf(() => shoal);
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

/** A person's page, live, and a program's stream of events with a token of that person. */
async function connected(who: { cookie: string }, token: string) {
  const [page, program] = await Promise.all([
    watchCluster(shoal.url, { cookie: who.cookie, origin: shoal.url }),
    watchCluster(shoal.url, { authorization: `Bearer ${token}` }),
  ]);
  const stream = await fetch(`${shoal.url}${"/api/v1/clusters/local/events"}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(stream.status).toBe(200);
  const ended = { stream: false };
  const read = async () => {
    for await (const _ of stream.body as ReadableStream<Uint8Array>);
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      ended.stream = true;
    });
  return { page, program, ended };
}

describe("two-factor", () => {
  const setUp = async (who: { cookie: string }) => {
    // Codes of a time step that is about to end would make the tests about the clock.
    await waitFor("a time step with 15 s left", () => Date.now() % 30_000 < 15_000, { timeoutMs: 20_000 });
    const { secret } = await ask<TwoFactorSetup>("POST", "/me/two-factor", { current: password }, who);
    const { recoveryCodes } = await ask<RecoveryCodes>(
      "POST", "/me/two-factor/confirm", { code: appCode(secret, -1) }, who,
    ); // biome-ignore format: short
    return { secret, recoveryCodes };
  };
  const signIn = (name: string, code?: string) => signInOver(shoal.url, name, password, code);

  test("a code that was used once is refused, and so is every one before it", async () => {
    const tina = await person("tina", "viewer");
    const { secret } = await setUp(tina);
    await expect(signIn("tina")).rejects.toThrow("code_needed");
    const code = appCode(secret);
    expect(await statusOf({ cookie: await signIn("tina", code) })).toBe(200);
    await expect(signIn("tina", code)).rejects.toThrow("wrong_code");
    await expect(signIn("tina", appCode(secret, -1))).rejects.toThrow("wrong_code");
    // The next one works, so it was the replay that was refused and nothing else.
    expect(await statusOf({ cookie: await signIn("tina", appCode(secret, 1)) })).toBe(200);
  });

  test("a recovery code works once; the right password without a code is nobody", async () => {
    const rita = await person("rita", "viewer");
    const { recoveryCodes } = await setUp(rita);
    const [code = ""] = recoveryCodes;
    expect(await statusOf({ cookie: await signIn("rita", code) })).toBe(200);
    await expect(signIn("rita", code)).rejects.toThrow("wrong_code");
    await expect(signInOver(shoal.url, "rita", "not the password", recoveryCodes[1])).rejects.toThrow(
      "wrong_credentials",
    );
    expect(await ask("GET", "/me/two-factor", undefined, rita)).toMatchObject({
      enabled: true, recoveryCodesLeft: 9,
    }); // biome-ignore format: short
  });

  test("is removed by an admin or the command line, and by no new password", async () => {
    const nora = await person("nora", "viewer");
    await setUp(nora);
    const shoalCli = (...words: string[]) =>
      command(NODE, [payload(), ...words], { env: { SHOAL_DATA_DIR: shoal.dataDir } });
    await ask("POST", `/users/${nora.id}/password`, { password: password });
    expect(await statusOf(nora)).toBe(401);
    await expect(signIn("nora")).rejects.toThrow("code_needed");
    await shoalCli("user", "reset-two-factor", "nora");
    const cookie = await signIn("nora");
    await setUp({ cookie });
    await ask("DELETE", "/users/nora/two-factor");
    expect(await statusOf({ cookie: await signIn("nora") })).toBe(200);
    const { items } = await ask<AuditPage>("GET", "/audit?object=nora&action=user.resetTwoFactor");
    expect(items.map((item) => [item.address === "command line", item.result])).toEqual([
      [false, "ok"],
      [true, "ok"],
    ]);
  });
});

describe("tokens", () => {
  test("are refused after they are revoked, and what they had open ends", async () => {
    const mona = await person("mona", "operator");
    const { item, token } = await ask<NewTokenAnswer>(
      "POST", "/me/tokens", { name: "ci", role: "operator", expiresInDays: 1 }, mona,
    ); // biome-ignore format: short
    const open = await connected(mona, token);
    expect(await refused("POST", "/me/tokens", { name: "x", role: "admin", expiresInDays: null }, mona)).toBe(
      "forbidden",
    );
    await ask("DELETE", `/me/tokens/${item.id}`, undefined, mona);
    await waitFor("the token's stream to end", () => open.ended.stream);
    expect(await waitFor("its socket to close", () => open.program.closed())).toBe(closeCodes.signedOut);
    expect(await statusOf({ token })).toBe(401);
    expect(await refused("GET", "/clusters/local/services", undefined, { token })).toBe("unauthenticated");
    // Their owner goes on.
    expect(open.page.closed()).toBeNull();
    expect(await statusOf(mona)).toBe(200);
    open.page.close();
  });

  test("may never more than their owner, and the owner's end is theirs", async () => {
    const olga = await person("olga", "operator");
    const { item, token } = await ask<NewTokenAnswer>(
      "POST", "/me/tokens", { name: "ci", role: "operator", expiresInDays: null }, olga,
    ); // biome-ignore format: short
    await ask("PATCH", "/users/olga", { role: "viewer" });
    expect(await ask("GET", "/me", undefined, { token })).toMatchObject({ role: "viewer", via: "token" });
    expect(await refused("POST", "/clusters/local/services/none/restart", {}, { token })).toBe("forbidden");
    const all = (await ask<ListAnswer<TokenInfo>>("GET", "/tokens")).items;
    expect(all.find(({ id }) => id === item.id)).toMatchObject({
      role: "operator", effectiveRole: "viewer", owner: { name: "olga" },
    }); // biome-ignore format: short

    const open = await connected({ cookie: await signInOver(shoal.url, "olga", password) }, token);
    await ask("PATCH", "/users/olga", { disabled: true });
    await waitFor("the token's stream to end", () => open.ended.stream);
    for (const viewer of [open.page, open.program])
      expect(await waitFor("the socket to close", () => viewer.closed())).toBe(closeCodes.signedOut);
    expect(await statusOf({ token })).toBe(401);
    await expect(signInOver(shoal.url, "olga", password)).rejects.toThrow("wrong_credentials");
    await ask("DELETE", "/users/olga");
    expect((await ask<ListAnswer<TokenInfo>>("GET", "/tokens")).items.map(({ id }) => id)).not.toContain(
      item.id,
    );
  });
});

describe("sessions", () => {
  test("a session from before the sign-in is not the one after it", async () => {
    const fixed = await person("fred", "viewer");
    const { csrfToken, cookie } = await csrf();
    const planted = `${cookie}; ${sessionPart(fixed.cookie)}`;
    const answer = await fetch(`${shoal.url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", cookie: planted, origin: shoal.url },
      body: new URLSearchParams({ csrfToken, name: shoal.user, password: shoal.password, json: "true" }),
    });
    const fresh = answer.headers.getSetCookie().find((text) => text.startsWith("shoal.session="));
    expect(fresh).toBeDefined();
    expect(fresh).toContain("HttpOnly");
    const after = fresh?.split(";")[0] ?? "";
    expect(after).not.toBe(sessionPart(fixed.cookie));
    expect(await ask("GET", "/me", undefined, { cookie: after })).toMatchObject({ name: "admin" });
    expect(await statusOf(fixed)).toBe(401);
  });

  test.each(["chosen-by-somebody-else", "x.y.z", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c"])(
    "an id of one's own choice is none, before and after: %s",
    async (value) => {
      const chosen = `shoal.session=${value}`;
      expect(await statusOf({ cookie: chosen })).toBe(401);
      const { csrfToken, cookie } = await csrf();
      const answer = await fetch(`${shoal.url}/api/auth/callback/credentials`, {
        method: "POST",
        redirect: "manual",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          cookie: `${cookie}; ${chosen}`,
          origin: shoal.url,
        },
        body: new URLSearchParams({ csrfToken, name: shoal.user, password: shoal.password, json: "true" }),
      });
      const made = answer.headers.getSetCookie().find((text) => text.startsWith("shoal.session="));
      expect(made?.split(";")[0]).not.toBe(chosen);
      expect(await statusOf({ cookie: chosen })).toBe(401);
    },
  );

  const sessionPart = (cookie: string) =>
    cookie.split("; ").find((part) => part.startsWith("shoal.session=")) ?? "";
  async function csrf(): Promise<{ csrfToken: string; cookie: string }> {
    const answer = await fetch(`${shoal.url}/api/auth/csrf`);
    const { csrfToken } = (await answer.json()) as { csrfToken: string };
    const cookie = answer.headers.getSetCookie().map((text) => text.split(";")[0]);
    return { csrfToken, cookie: cookie.join("; ") };
  }
});

test("a wrong password, an unknown name and a disabled account get the same answer, byte for byte", async () => {
  const dora = await person("dora", "viewer");
  await ask("PATCH", `/users/${dora.id}`, { disabled: true });
  const answerTo = (name: string, password: string) =>
    signInAnswer(shoal.url, name, password).then(
      () => "signed in",
      (error: Error) => error.message,
    );
  const answers = [
    await answerTo("dora", password),
    await answerTo("dora", "not the password"),
    await answerTo("nobody-here", password),
    await answerTo("admin", "not the password"),
  ];
  expect(new Set(answers)).toEqual(new Set(["wrong_credentials"]));
});

test("of two admins who demote each other at the same moment, one stays admin", async () => {
  const made = await person("vera", "admin");
  const admin = (await ask<ListAnswer<UserInfo>>("GET", "/users")).items.find(({ name }) => name === "admin");
  for (let round = 0; round < 5; round += 1) {
    const outcomes = await race([
      ["PATCH", `/users/${admin?.id}`, { role: "viewer" }],
      ["PATCH", `/users/${made.id}`, { role: "viewer" }],
    ]);
    expect(outcomes.sort()).toEqual([200, 409]);
    const { items } = await ask<ListAnswer<UserInfo>>("GET", "/users");
    const left = items.filter(({ role, disabled }) => role === "admin" && !disabled);
    expect(left).toHaveLength(1);
    const [last] = left;
    expect(await refused("DELETE", `/users/${last?.id}`)).toBe("last_admin");
    expect(await refused("PATCH", `/users/${last?.id}`, { disabled: true })).toBe("last_admin");
    for (const { id } of [{ id: admin?.id }, made]) await ask("PATCH", `/users/${id}`, { role: "admin" });
  }
  await ask("DELETE", `/users/${made.id}`);
});

/** Sends whole requests over connections that are open already, in one turn. Answers the statuses. */
async function race(requests: readonly (readonly [string, string, unknown])[]): Promise<number[]> {
  const { hostname, port } = new URL(shoal.url);
  const token = await shoal.token("admin", "race");
  const sockets = await Promise.all(
    requests.map(
      () =>
        new Promise<ReturnType<typeof createConnection>>((resolve, reject) => {
          const socket = createConnection({ host: hostname, port: Number(port) }, () => resolve(socket));
          socket.on("error", reject);
        }),
    ),
  );
  const answers = sockets.map(
    (socket) =>
      new Promise<number>((resolve) => {
        socket.on("data", (data) => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(String(data))?.[1])));
      }),
  );
  requests.forEach(([method, path, body], index) => {
    const text = JSON.stringify(body);
    sockets[index]?.write(
      `${method} /api/v1${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
    );
  });
  const statuses = await Promise.all(answers);
  for (const socket of sockets) socket.destroy();
  return statuses;
}
