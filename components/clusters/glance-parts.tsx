import "#lib/shared/i18n/pages/home.ts";
import { clsx } from "clsx";
import { toneClass } from "#components/services/health-line.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import type { HealthMarkName } from "#components/ui/mark-paths.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterGlance } from "#lib/shared/model/cluster-glance.ts";
import type { Tone } from "#lib/shared/model/task-state.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";

const marks: Readonly<Record<Tone, HealthMarkName>> = {
  bad: "failing",
  warn: "unhealthy",
  move: "starting",
  idle: "off",
  quiet: "healthy",
  ok: "healthy",
};
const attention = Object.keys(marks);

/** The mark of how a cluster is. Put the word beside it. */
export function GlanceMark({ glance, label }: { glance: ClusterGlance; label?: string }) {
  return <HealthMark health={marks[glance.tone]} size={14} label={label} />;
}

/** "Needs a look": mark and word. */
export function GlanceWord({ glance }: { glance: ClusterGlance }) {
  const { tone } = glance;
  return (
    <span className="inline-flex shrink-0 items-center gap-2">
      <GlanceMark glance={glance} />
      <span className={clsx(toneClass[tone], (tone === "bad" || tone === "warn") && "font-medium")}>
        {say(t, glance.word)}
      </span>
    </span>
  );
}

/** What needs a look first, then by name. */
export function compareGlances(a: ClusterGlance, b: ClusterGlance): number {
  return attention.indexOf(a.tone) - attention.indexOf(b.tone) || compareNatural(a.name, b.name);
}
