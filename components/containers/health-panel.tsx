import "#lib/shared/i18n/pages/containers.ts";
import { clsx } from "clsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ContainerDetail } from "#lib/shared/containers/api-types.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** The last runs of the health check, newest first, with what they printed. */
export function HealthPanel({ health }: { health: NonNullable<ContainerDetail["health"]> }) {
  const { failingStreak, runs } = health;
  return (
    <Panel
      bare
      title={t("containers.health.title")}
      aside={
        failingStreak > 0 && (
          <span className="text-12 text-warn">{t("containers.health.streak", { n: failingStreak })}</span>
        )
      }
    >
      {runs.length === 0 ? (
        <p className="px-3.5 py-3 text-ink-3">{t("containers.health.none")}</p>
      ) : (
        <ul aria-label={t("containers.health.title")}>
          {runs.map((run) => (
            <li key={run.at} className="border-b border-line px-3.5 py-2 last:border-b-0">
              <div className="flex items-center gap-3">
                <span className={clsx("min-w-20", run.exitCode === 0 ? "text-ink-2" : "text-bad")}>
                  {run.exitCode === 0
                    ? t("containers.health.passed")
                    : t("containers.state.exit", { code: String(run.exitCode) })}
                </span>
                <RelativeTime at={run.at} ago className="text-ink-3" />
                <span className="text-ink-3">
                  {run.tookMs < 1000
                    ? t("containers.health.took", { n: run.tookMs })
                    : formatDuration(run.tookMs)}
                </span>
              </div>
              {run.output.trim() !== "" && (
                <pre className="mono mt-1 max-h-32 overflow-auto text-12 break-all whitespace-pre-wrap text-ink-2">
                  {run.output.trim()}
                </pre>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
