import type { AuthOptions } from "next-auth";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Runtime } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { authOptions } from "./auth-options.ts";

const key = Symbol.for("shoal.runtime");
const live = new Set<string>();
const auth = {
  sessionSecret: "s",
  signIn: vi.fn(),
  openSession: vi.fn(() => "sid-1"),
  sessionUser: (sid: string) =>
    live.has(sid) ? { userId: "u1", name: "ann", role: "admin" as const } : null,
  endSession: vi.fn((sid: string) => void live.delete(sid)),
  authenticate: vi.fn<() => Promise<{ credentialId: string } | null>>(async () => null),
};
const audit = { write: vi.fn() };
const log = { error: vi.fn(), debug: vi.fn() };

beforeEach(() => {
  vi.clearAllMocks();
  live.clear();
  const runtime = { auth, audit, log } as unknown as Runtime;
  (globalThis as Record<symbol, unknown>)[key] = runtime;
});
afterEach(() => {
  delete (globalThis as Record<symbol, unknown>)[key];
});

function options(origin = "http://shoal.test:9000"): AuthOptions {
  const { protocol, host } = new URL(origin);
  const headers = {
    "x-forwarded-proto": protocol.slice(0, -1),
    "x-forwarded-host": host,
    "x-shoal-client": "192.0.2.7",
    "user-agent": "Firefox",
  };
  return authOptions(new Request("http://localhost:3000/api/auth/x", { headers }));
}

const authorize = (given: Record<string, string>) => {
  const provider = options().providers[0] as unknown as {
    options: { authorize: (given: Record<string, string>) => Promise<unknown> };
  };
  return provider.options.authorize(given);
};

describe("cookies", () => {
  it.each([
    ["http://shoal.test:9000", "shoal.session", false],
    ["https://shoal.test", "__Secure-shoal.session", true],
  ])("of %s are named %s", (origin, name, secure) => {
    const { sessionToken, csrfToken, callbackUrl } = options(origin).cookies ?? {};
    expect(sessionToken?.name).toBe(name);
    for (const cookie of [sessionToken, csrfToken, callbackUrl]) {
      expect(cookie?.options).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure });
    }
  });

  it("carry two ids and nothing else, and a session that ended is refused", async () => {
    const { jwt } = options().callbacks ?? {};
    type Arguments = Parameters<NonNullable<typeof jwt>>[0];
    const made = await jwt?.({
      token: { sub: "u1", name: "ann" },
      user: { id: "u1", name: "ann" },
    } as Arguments);
    expect(made).toEqual({ sub: "u1", sid: "sid-1" });
    expect(auth.openSession).toHaveBeenCalledWith("u1", { address: "192.0.2.7", userAgent: "Firefox" });
    live.add("sid-1");
    expect(await jwt?.({ token: { ...made, iat: 1, role: "admin" } } as unknown as Arguments)).toEqual(made);
    live.clear();
    expect(() => jwt?.({ token: made } as unknown as Arguments)).toThrow("session ended");
  });
});

it.each([
  ["/c/local/map?q=1", "http://shoal.test:9000/c/local/map?q=1"],
  ["http://shoal.test:9000/account", "http://shoal.test:9000/account"],
  ["http://evil.test/x", "http://shoal.test:9000/"],
  ["//evil.test/x", "http://shoal.test:9000/"],
  ["/\\evil.test", "http://shoal.test:9000/"],
  ["javascript:alert(1)", "http://shoal.test:9000/"],
  ["http://shoal.test:9000/..//evil.example/", "http://shoal.test:9000/"],
])("after signing in, %s leads to %s", async (url, target) => {
  expect(await options().callbacks?.redirect?.({ url, baseUrl: "http://localhost:3000" })).toBe(target);
});

it.each([
  [new AppError("wrong_credentials", "No."), "wrong_credentials"],
  [new AppError("code_needed", "Code."), "code_needed"],
  [new AppError("slow_down", "Wait.", { details: { retryAfterSeconds: 12 } }), "slow_down:12"],
  [new Error("disk full at /data"), "internal"],
])("tells the form %s as a code", async (error, code) => {
  auth.signIn.mockRejectedValueOnce(error);
  await expect(authorize({ name: " ann ", password: " p " })).rejects.toThrow(new RegExp(`^${code}$`));
  expect(auth.signIn).toHaveBeenCalledWith({ name: "ann", password: " p " }, "192.0.2.7");
});

it("hands the code of the second factor on", async () => {
  auth.signIn.mockResolvedValueOnce({ userId: "u1", name: "ann" });
  await authorize({ name: "ann", password: "p", code: "123456" });
  expect(auth.signIn).toHaveBeenCalledWith({ name: "ann", password: "p", code: "123456" }, "192.0.2.7");
});

it("ends the session the browser came with when another begins", async () => {
  auth.authenticate.mockResolvedValueOnce({ credentialId: "planted" });
  const { jwt } = options().callbacks ?? {};
  type Arguments = Parameters<NonNullable<typeof jwt>>[0];
  const made = await jwt?.({ token: {}, user: { id: "u1", name: "ann" } } as Arguments);
  expect(auth.endSession).toHaveBeenCalledWith("planted");
  expect(made).toEqual({ sub: "u1", sid: "sid-1" });
});

it("ends the session with the sign-out, and writes it down", async () => {
  live.add("sid-1");
  await options().events?.signOut?.({ token: { sid: "sid-1" } } as never);
  expect(live.size).toBe(0);
  expect(audit.write).toHaveBeenCalledWith(
    expect.objectContaining({ action: "session.end", object: "account ann" }),
  );
});
