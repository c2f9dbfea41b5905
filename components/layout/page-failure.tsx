"use client";

import { createTranslate } from "#lib/shared/i18n/create-translate.ts";
import { failure } from "#lib/shared/i18n/en/failure.ts";

// Every page carries this for the day it fails: it brings its own few words, and no button that needs more.
const t = createTranslate(failure, "en");

/** In place of a page that threw an error. `digest` is how the server's log names it; browsers never get its text. */
export function PageFailure({ digest }: { digest: string | undefined }) {
  return (
    <main className="mx-auto w-full max-w-[640px] px-5 py-16">
      <h1 className="text-22 font-semibold tracking-display">{t("failure.title")}</h1>
      <p className="mt-1.5 mb-[18px] text-14 text-ink-2">
        {t("failure.lead")} {digest && t("failure.digest", { digest })}
      </p>
      <button
        type="button"
        onClick={() => window.location.reload()}
        className="h-[30px] rounded-2 border border-line-2 bg-surface px-[11px] font-medium shadow-1 hover:bg-surface-2 touch:h-10"
      >
        {t("failure.retry")}
      </button>
    </main>
  );
}
