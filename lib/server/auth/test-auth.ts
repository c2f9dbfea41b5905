import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import pino from "pino";
import { afterEach, beforeEach } from "vitest";
import { createAuditLog } from "#lib/server/audit/audit-log.ts";
import { auditTable } from "#lib/server/db/audit.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { sessionCookieName } from "#lib/shared/session-cookie.ts";
import { createAuth } from "./auth-service.ts";

/** For tests: the auth service under test. */
export type Auth = ReturnType<typeof createAuth>;

export const log = pino({ level: "silent" });
export const home = "192.0.2.7";
export const password = "correct horse battery";

/** A database in a folder of its own for each test of a file, and a clock that stands still. */
export function testDatabase() {
  const at = { dataDir: "", clock: 0, db: undefined as unknown as Db };
  beforeEach(() => {
    at.dataDir = mkdtempSync(join(tmpdir(), "shoal-auth-"));
    at.db = openDatabase(at.dataDir);
    at.clock = Date.UTC(2026, 0, 1);
  });
  afterEach(() => {
    at.db.close();
    rmSync(at.dataDir, { recursive: true });
  });

  /** As at a start of the server. */
  function start(): Auth {
    const now = () => at.clock;
    return createAuth({
      db: at.db,
      log,
      now,
      cost: 4,
      audit: createAuditLog(auditTable(at.db), log, { now }),
    });
  }

  /** With the account ann. */
  async function withAdmin(): Promise<Auth> {
    const auth = start();
    await auth.setup({ code: auth.setupCode() ?? "", name: "ann", password }, home);
    return auth;
  }

  return { at, start, withAdmin };
}

/** A Cookie header as next-auth would have made it. */
export async function cookieFor(auth: Auth, sid: string, https = false): Promise<string> {
  const token = await encode({ token: { sub: "u", sid }, secret: auth.sessionSecret });
  return `theme=dark; ${sessionCookieName(https)}=${token}`;
}

/** A new session of ann's. */
export async function signedIn(auth: Auth): Promise<{ caller: Caller; cookie: string; sid: string }> {
  const { userId } = await auth.signIn({ name: "ann", password }, home);
  const sid = auth.openSession(userId, { address: home, userAgent: "Firefox" });
  const cookie = await cookieFor(auth, sid);
  const caller = await auth.authenticate({ cookie, authorization: null, address: home });
  if (!caller) throw new Error("not signed in");
  return { caller, cookie, sid };
}

/** The code of the error a promise ends with. */
export async function failure(doing: Promise<unknown>): Promise<string> {
  return doing.then(
    () => "nothing thrown",
    (error: { code: string }) => error.code,
  );
}
