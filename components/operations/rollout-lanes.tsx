"use client";

import "#lib/shared/i18n/pages/history.ts";
import { clsx } from "clsx";
import { type CSSProperties, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { markingOf } from "#components/cluster/marking.ts";
import { toneClass } from "#components/services/health-line.tsx";
import { hueColor, TaskMark } from "#components/ui/mark.tsx";
import type { TaskMarkName } from "#components/ui/mark-paths.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { OperationDetail } from "#lib/shared/api/history.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceColor } from "#lib/shared/model/types.ts";
import { type Lane, type LaneSegment, type Lanes, lanesOf } from "#lib/shared/rollout/lanes.ts";

const shapes: Readonly<Record<Lane["phase"], TaskMarkName>> = {
  old: "running",
  waiting: "pending",
  pulling: "starting",
  starting: "starting",
  running: "running",
  stopping: "stopping",
  failed: "failed",
  rejected: "rejected",
  gone: "shutdown",
  complete: "complete",
};

/** How a stretch looks. `--svc` is the service's hue; text on it is dark or light enough to read at 11 px. */
const looks: Readonly<Record<LaneSegment["phase"], string>> = {
  old: "bg-[repeating-linear-gradient(135deg,var(--line-2)_0_1.5px,transparent_1.5px_6px)] text-ink-2",
  waiting: "",
  stopping: "border border-line-2 bg-surface",
  pulling:
    "border border-[color-mix(in_oklab,var(--svc)_55%,var(--surface))] bg-[color-mix(in_oklab,var(--svc)_14%,var(--surface))]",
  starting: "bg-[color-mix(in_oklab,var(--svc)_42%,var(--surface))]",
  running: "bg-[color-mix(in_oklab,var(--svc)_78%,var(--ink))] text-surface rounded-r-[8px]",
  failed: "bg-bad-mark",
  rejected: "bg-bad-mark",
};

const columns = "grid grid-cols-[104px_minmax(0,1fr)_92px] max-sm:grid-cols-[64px_minmax(0,1fr)_76px]";

const legend = ["old", "stopping", "pulling", "starting", "running", "failed"] as const;

/** What every slot did and does, on one time axis. */
export function RolloutLanes({
  operation,
  color,
}: {
  operation: OperationDetail;
  color: ServiceColor | null;
}) {
  const { model, now: slowNow } = useCluster();
  const now = useNow(1000) || slowNow;
  const nodeName = (id: string) => model.nodes[id]?.name ?? id.slice(0, 12);
  const lanes = lanesOf(operation, now, nodeName);
  const style = { "--svc": color ? hueColor(color.hue) : "var(--ink-3)" } as CSSProperties;
  const drawn = new Set(lanes.lanes.flatMap((lane) => lane.segments.map(({ phase }) => phase)));
  if (lanes.lanes.length === 0 && hiddenWords(lanes, operation) === "") return null;
  return (
    <div data-slot="rollout-lanes" style={style} className="mt-3">
      <div className="relative mt-5">
        <ul>
          {lanes.lanes.map((lane) => (
            <LaneRow key={lane.key} lane={lane} lanes={lanes} color={color} nodeName={nodeName} />
          ))}
        </ul>
        <NowLine lanes={lanes} now={operation.endedAt === null ? now : null} />
        <Axis lanes={lanes} />
      </div>
      {hiddenWords(lanes, operation) !== "" && (
        <p className="mt-2 text-12 text-ink-3">{hiddenWords(lanes, operation)}</p>
      )}
      <ul className="mt-2.5 flex flex-wrap gap-x-4 gap-y-1 pl-[104px] text-11 text-ink-3 max-sm:pl-0">
        {legend
          .filter((phase) => drawn.has(phase) || (phase === "failed" && drawn.has("rejected")))
          .map((phase) => (
            <li key={phase} className="flex items-center gap-1.5">
              <span className={clsx("h-2.5 w-4 rounded-[2px]", looks[phase])} />
              {t(`history.phase.${phase}`)}
            </li>
          ))}
      </ul>
    </div>
  );
}

function hiddenWords({ hidden }: Lanes, { untracked }: OperationDetail): string {
  const parts = [
    hidden.done > 0 ? t("history.hidden.done", { n: hidden.done }) : "",
    hidden.old > 0 ? t("history.hidden.old", { n: hidden.old }) : "",
    hidden.kept > 0 ? t("history.hidden.kept", { n: hidden.kept }) : "",
    untracked > 0 ? t("history.hidden.untracked", { n: untracked }) : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

interface LaneRowProps {
  lane: Lane;
  lanes: Lanes;
  color: ServiceColor | null;
  nodeName: (id: string) => string;
}

function LaneRow({ lane, lanes, color, nodeName }: LaneRowProps) {
  const slot = lane.slot === null || lane.slot === 0 ? "" : String(lane.slot);
  const node = lane.nodeId === null ? t("services.tasks.noNode") : nodeName(lane.nodeId);
  const note = lane.note === null ? "" : say(t, lane.note);
  const cell = "flex h-[29px] items-center";
  return (
    <li
      data-lane={lane.key}
      aria-label={[slot, node, note].filter((word) => word !== "").join(", ")}
      className={columns}
    >
      <span className={clsx(cell, "min-w-0 gap-2 pr-2")}>
        <TaskMark
          state={shapes[lane.phase]}
          hue={color?.hue}
          marking={color ? markingOf(color) : undefined}
        />
        {slot !== "" && <span className="font-medium">{slot}</span>}
        <span className={clsx("truncate text-ink-2", slot !== "" && "max-sm:hidden")} title={node}>
          {node}
        </span>
      </span>
      <span className={clsx(cell, "relative border-b border-line")}>
        {lane.segments.map((segment) => (
          <Stretch key={segment.key} segment={segment} lanes={lanes} />
        ))}
      </span>
      <span
        className={clsx(
          cell,
          "justify-end pl-2 text-right whitespace-nowrap",
          toneClass[lane.tone],
          (lane.tone === "move" || lane.tone === "bad") && "font-medium",
        )}
      >
        {note}
      </span>
    </li>
  );
}

function share({ from, to }: Lanes, at: number): number {
  return Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
}

function Stretch({ segment, lanes }: { segment: LaneSegment; lanes: Lanes }) {
  const left = share(lanes, segment.from);
  const width = share(lanes, segment.to) - left;
  return (
    <span
      data-phase={segment.phase}
      title={t(`history.phase.${segment.phase}`)}
      className={clsx(
        "absolute h-4 min-w-[3px] overflow-hidden px-1 text-11 leading-4 whitespace-nowrap",
        looks[segment.phase],
      )}
      style={{ left: `${left.toFixed(2)}%`, width: `${width.toFixed(2)}%` }}
    >
      {width > 7 && segment.label}
    </span>
  );
}

/** Where "now" is: a line through all lanes. Null: it is over. */
function NowLine({ lanes, now }: { lanes: Lanes; now: number | null }) {
  if (now === null) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 right-[92px] left-[104px] max-sm:right-[76px] max-sm:left-[64px]"
    >
      <span
        className="absolute -top-1 bottom-4 w-0.5 bg-accent"
        style={{ left: `${share(lanes, now).toFixed(2)}%` }}
      >
        <span className="absolute -top-3.5 left-0 -translate-x-1/2 text-11 font-semibold text-accent">
          {t("history.now")}
        </span>
      </span>
    </div>
  );
}

const clock = (at: number) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(at);

/** Times of the reader's own zone, which the server does not know: nothing while hydrating. */
function Axis({ lanes }: { lanes: Lanes }) {
  const isClient = useNow(30_000) > 0;
  const [ticks] = useState([0, 0.25, 0.5, 0.75, 1]);
  return (
    <div className={columns}>
      <div className="col-start-2 flex h-4 items-end justify-between text-11 text-ink-3">
        {isClient &&
          ticks.map((part) => (
            <span key={part} className={part === 0.25 || part === 0.75 ? "max-sm:hidden" : undefined}>
              {clock(lanes.from + (lanes.to - lanes.from) * part)}
            </span>
          ))}
      </div>
    </div>
  );
}
