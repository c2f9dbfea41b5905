import "#lib/shared/i18n/pages/all.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { problemResponse } from "#lib/web/problem-response.ts";

/** Every path of the API that no other route takes. */
function notFound(request: Request): Response {
  const path = new URL(request.url).pathname.slice(0, 200);
  return problemResponse(new AppError("not_found", t("errors.noSuchPath", { path })));
}

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
