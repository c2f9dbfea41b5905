import { expect } from "vitest";
import type { NewPasswordAnswer } from "#lib/shared/api/people-types.ts";
import type { Problem } from "#lib/shared/errors.ts";
import type { Role } from "#lib/shared/roles.ts";
import type { Shoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";

/** The password of everybody that `person` makes. */
export const password = "a sentence of three words";

/** Who calls: a browser's session, or a program's token. */
export interface Credential {
  readonly cookie?: string;
  readonly token?: string;
}

/** Calls of the API on behalf of people. `shoal` is asked for when it runs. Without a credential an admin token calls. */
export function peopleOf(shoal: () => Shoal) {
  const call = (method: string, path: string, body?: unknown, who?: Credential) => {
    if (!who) return shoal().api(method, `/api/v1${path}`, body);
    const headers: Record<string, string> = who.cookie ? { cookie: who.cookie, origin: shoal().url } : {};
    return shoal().api(method, `/api/v1${path}`, body, { token: who.token ?? null, headers });
  };
  async function ask<T>(...args: Parameters<typeof call>): Promise<T> {
    const { status, body } = await call(...args);
    expect([200, 204], JSON.stringify(body)).toContain(status);
    return body as T;
  }
  return {
    /** Any status is answered. */
    call,
    /** The body; anything but success fails. */
    ask,
    /** The code of the refusal; success fails. */
    async refused(...args: Parameters<typeof call>): Promise<string> {
      const { status, body } = await call(...args);
      expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
      return (body as Problem).code;
    },
    /** A new account of this role, signed in. */
    async person(name: string, role: Role): Promise<{ id: string; name: string; cookie: string }> {
      const { user } = await ask<NewPasswordAnswer>("POST", "/users", { name, role, password });
      return { id: user.id, name, cookie: await signInOver(shoal().url, name, password) };
    },
    async statusOf(who: Credential): Promise<number> {
      return (await call("GET", "/me", undefined, who)).status;
    },
  };
}
