import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { isAppError } from "#lib/shared/errors.ts";
import { safeNext } from "#lib/shared/safe-next.ts";
import { sessionCookieName, sessionCookieSeconds } from "#lib/shared/session-cookie.ts";
import { getRuntime } from "./get-runtime.ts";
import { ownOrigin, requestFacts } from "./request-facts.ts";

/**
 * next-auth's options for one request: they depend on its address, its origin and whether that is https.
 * The cookie carries the ids of account and session and nothing else; who that is and may do is looked up
 * every time.
 */
export function authOptions(request: Request): AuthOptions {
  const { auth, audit, log } = getRuntime();
  const { address, cookie } = requestFacts(request.headers);
  const userAgent = request.headers.get("user-agent") ?? "";
  const origin = ownOrigin(request);
  const https = origin.startsWith("https:");

  return {
    secret: auth.sessionSecret,
    useSecureCookies: https,
    cookies: cookies(https),
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    session: { strategy: "jwt", maxAge: sessionCookieSeconds },
    providers: [
      Credentials({
        credentials: { name: {}, password: {}, code: {} },
        async authorize(given) {
          const name = String(given?.name ?? "")
            .trim()
            .slice(0, 200);
          const password = String(given?.password ?? "").slice(0, 1_000);
          const code = String(given?.code ?? "").slice(0, 64);
          try {
            const user = await auth.signIn({ name, password, ...(code !== "" && { code }) }, address);
            return { id: user.userId, name: user.name };
          } catch (error) {
            // next-auth hands the message on to the form as `error`.
            throw new Error(signInErrorText(error), { cause: error });
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user) return begin(user.id);
        if (typeof token.sid !== "string" || !auth.sessionUser(token.sid)) throw new Error("session ended");
        return { sub: token.sub, sid: token.sid };
      },
      session: ({ session, token }) => ({ expires: session.expires, user: { name: userName(token.sid) } }),
      redirect: ({ url }) => new URL(localPath(url, origin), origin).href,
    },
    events: {
      signOut({ token }) {
        if (typeof token?.sid !== "string") return;
        const user = auth.sessionUser(token.sid);
        const caller = user && { ...user, via: "session" as const };
        const object = `account ${user?.name ?? ""}`.trim();
        auth.endSession(token.sid);
        audit.write({ action: "session.end", caller, address, object, cluster: null, result: "ok" });
      },
    },
    logger: {
      error: (code, metadata) => log.debug({ code, err: metadata }, "next-auth"),
      warn: (code) => log.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };

  /** A sign-in has a session of its own: the one the browser came with, whoever put it there, ends with it. */
  async function begin(userId: string) {
    const before = await auth.authenticate({ cookie, authorization: null, address });
    if (before) auth.endSession(before.credentialId);
    return { sub: userId, sid: auth.openSession(userId, { address, userAgent }) };
  }

  function userName(sid: unknown): string | undefined {
    return typeof sid === "string" ? auth.sessionUser(sid)?.name : undefined;
  }
}

/** `wrong_credentials`, `slow_down:12` (seconds), or another code of lib/shared/errors.ts. */
function signInErrorText(error: unknown): string {
  if (!isAppError(error)) {
    getRuntime().log.error({ err: error }, "sign-in failed");
    return "internal";
  }
  const seconds = error.details?.retryAfterSeconds;
  return typeof seconds === "number" ? `${error.code}:${seconds}` : error.code;
}

/** The path of an address of ours; `/` for every other address. */
function localPath(url: string, origin: string): string {
  const parsed = URL.parse(url, origin);
  // The path alone goes through the same door as `?next=`: "/..//host" must not become another host.
  return parsed?.origin === origin ? safeNext(parsed.pathname + parsed.search) : "/";
}

function cookies(https: boolean): AuthOptions["cookies"] {
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: https } as const;
  return {
    sessionToken: { name: sessionCookieName(https), options },
    callbackUrl: { name: `${https ? "__Secure-" : ""}shoal.callback-url`, options },
    csrfToken: { name: `${https ? "__Host-" : ""}shoal.csrf`, options },
  };
}
