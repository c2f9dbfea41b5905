"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import { Banner } from "#components/ui/banner.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ConsoleHandle } from "./use-console.ts";

/** Why the console is over, in a sentence; nothing while it is not. */
export function ConsoleEndLine({ console: { state, problem } }: { console: ConsoleHandle }) {
  if (problem !== null) {
    return (
      <Banner flush tone="bad" role="alert">
        {problem}
      </Banner>
    );
  }
  if (state.state !== "ended") return null;
  const { reason, message, code } = state;
  if (reason === "refused") {
    return (
      <Banner flush tone="bad" role="alert">
        {message ?? t("consoles.end.stream_lost")}
      </Banner>
    );
  }
  const isBad = reason !== "exited" && reason !== "given_up" && reason !== "detached";
  return (
    <Banner flush tone={isBad || (code ?? 0) !== 0 ? "warn" : "info"}>
      {reason === "session_lost" ? t("consoles.lost.session") : t(`consoles.end.${reason}`)}
    </Banner>
  );
}
