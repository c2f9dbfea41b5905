import type { KeptLog } from "#lib/server/logs/log-follower.ts";
import type { TaskLastLines } from "#lib/shared/api/last-lines.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** What was kept of a failed task, as the log of it. */
export function keptLog(kept: TaskLastLines | null): KeptLog | null {
  if (kept === null) return null;
  const code = String(kept.exitCode);
  const notice = t(kept.oomKilled ? "logs.notice.keptOom" : "logs.notice.kept", { code });
  const skipped = kept.skipped > 0 ? ` ${t("logs.notice.keptSkipped", { n: kept.skipped })}` : "";
  return { lines: kept.lines, notice: notice + skipped };
}
