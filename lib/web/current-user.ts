import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Caller } from "#lib/server/runtime-types.ts";
import { getRuntime } from "./get-runtime.ts";
import { requestFacts } from "./request-facts.ts";

/** Who asks for this page, or null. For server components; the API has withApi. */
export async function currentUser(): Promise<Caller | null> {
  const { cookie, address } = requestFacts(await headers());
  return getRuntime().auth.authenticate({ cookie, authorization: null, address });
}

/** As `currentUser`, but leads away to the first-run or sign-in page when nobody is signed in. */
export async function requireUser(): Promise<Caller> {
  const user = await currentUser();
  if (user) return user;
  if (getRuntime().auth.needsSetup()) redirect("/setup");
  const path = pagePath((await headers()).get("x-shoal-path"));
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** The page's own address: while navigating, Next adds a parameter that is not the person's. */
function pagePath(path: string | null): string {
  const url = URL.parse(path ?? "/", "http://shoal");
  url?.searchParams.delete("_rsc");
  return url ? url.pathname + url.search : "/";
}
