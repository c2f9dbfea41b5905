import { clsx } from "clsx";
import { ProgressBar } from "#components/ui/capacity-bar.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import type { HealthMarkName } from "#components/ui/mark-paths.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { HealthKind, ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import type { Tone } from "#lib/shared/model/task-state.ts";

/** Text colour of a tone. */
export const toneClass: Readonly<Record<Tone, string>> = {
  quiet: "text-ink-2",
  ok: "text-ink-2",
  idle: "text-ink-2",
  move: "text-accent",
  warn: "text-warn",
  bad: "text-bad",
};

/** The shape that stands for a kind of health. */
export const healthMark: Readonly<Record<HealthKind, HealthMarkName>> = {
  failing: "failing",
  update_paused: "paused",
  waiting: "waiting",
  unhealthy: "unhealthy",
  unknown: "unknown",
  updating: "updating",
  starting: "starting",
  rolled_back: "rolled",
  healthy: "healthy",
  job_done: "done",
  off: "off",
};

/** "Failing  exit 137, killed, 5 times in 5 min": mark, word, then the cause, cut to one line. */
export function HealthLine({ health, className }: { health: ServiceHealth; className?: string }) {
  const cause = health.cause === null ? "" : say(t, health.cause);
  const isLoud = health.tone === "bad" || health.tone === "warn" || health.tone === "move";
  return (
    <span
      data-slot="health-line"
      className={clsx("flex min-w-0 items-center gap-2", className)}
      title={cause || undefined}
    >
      <HealthMark health={healthMark[health.kind]} size={12} />
      <span className={clsx("shrink-0", toneClass[health.tone], isLoud && "font-medium")}>
        {say(t, health.word)}
      </span>
      {health.progress && health.progress.total > 1 && (
        <ProgressBar label={cause} value={health.progress.done / health.progress.total} />
      )}
      {cause !== "" && <span className="min-w-0 truncate text-ink-2">{cause}</span>}
    </span>
  );
}
