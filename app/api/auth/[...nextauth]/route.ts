import "#lib/shared/i18n/pages/all.ts";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { authOptions } from "#lib/web/auth-options.ts";
import { problemResponse } from "#lib/web/problem-response.ts";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** What the pages use of next-auth. Left out among others: `_log`, by which anybody could write to the log. */
const used = {
  GET: /^(csrf|session|providers|signin|error)$/,
  POST: /^(callback\/credentials|signin\/credentials|signout)$/,
};

async function handle(method: keyof typeof used, request: NextRequest, context: Context): Promise<Response> {
  const path = (await context.params).nextauth.join("/");
  if (!used[method].test(path)) {
    return problemResponse(new AppError("not_found", t("errors.noSuchPath", { path: `/api/auth/${path}` })));
  }
  return NextAuth(request, context, authOptions(request));
}

export const GET = (request: NextRequest, context: Context) => handle("GET", request, context);
export const POST = (request: NextRequest, context: Context) => handle("POST", request, context);
