"use client";

import { clsx } from "clsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { taskName } from "#lib/shared/map/map-task.ts";
import type { UnplacedGroup } from "#lib/shared/map/unplaced.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import { hueStyle, MapMark, TaskTile } from "./task-tile.tsx";
import { taskLabel } from "./task-words.ts";

/** More tasks than this of one reason are marks instead of tiles, and beyond the second number only counted. */
const tileLimit = 3;
const markLimit = 40;
/** About what one reason takes beside others, px; and the rest of the lane. */
const reasonWidth = 430;
const reasonHeight = 40;
const laneEdges = 30;

/** Height of the lane in a map of this width, with its margin, px. */
export function laneHeight(groups: readonly UnplacedGroup[], width: number): number {
  if (groups.length === 0) return 0;
  const perRow = Math.max(1, Math.floor((width - 110) / reasonWidth));
  return laneEdges + reasonHeight * Math.ceil(groups.length / perRow);
}

function Waiting({ since }: { since: number }) {
  const now = useNow(30_000);
  if (now === 0 || now - since < 60_000) return null;
  return t("map.unplaced.for", { time: formatDuration(now - since) });
}

function Marks({ group, selected }: { group: UnplacedGroup; selected: string | null }) {
  const first = group.tasks[0];
  if (first === undefined) return null;
  const hidden = group.tasks.length - markLimit;
  return (
    <ul className="flex max-w-[360px] flex-wrap items-center" style={hueStyle(first)}>
      {group.tasks.slice(0, markLimit).map((item) => (
        <li key={item.task.id} className="contents">
          <button
            type="button"
            tabIndex={-1}
            data-task={item.task.id}
            data-service={item.task.serviceId}
            aria-label={taskLabel(item)}
            aria-current={item.task.id === selected || undefined}
            className={clsx("task-mark", item.condition.kind)}
          >
            <MapMark item={item} />
          </button>
        </li>
      ))}
      {hidden > 0 && <li className="text-12 text-ink-3">{t("common.andMore", { n: hidden })}</li>}
      <li className="ml-1.5 font-medium" aria-hidden="true">
        {first.service ? shortName(first.service) : taskName(first, true)}
      </li>
    </ul>
  );
}

function Reason({ group, selected }: { group: UnplacedGroup; selected: string | null }) {
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      {group.tasks.length > tileLimit ? (
        <Marks group={group} selected={selected} />
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {group.tasks.map((item) => (
            <li key={item.task.id} className="flex">
              <TaskTile item={item} isSelected={item.task.id === selected} className="tile-lane" />
            </li>
          ))}
        </ul>
      )}
      <p className="min-w-0 text-12 leading-[17px] text-ink-2">
        <b className="block font-semibold text-ink first-letter:uppercase">{say(t, group.why)}</b>
        {group.detail === null ? <Waiting since={group.since} /> : say(t, group.detail)}
      </p>
    </li>
  );
}

/** Tasks that have no node, by reason, with the arithmetic. Not there when every task has a place. */
export function UnplacedLane({
  groups,
  selected,
}: {
  groups: readonly UnplacedGroup[];
  selected: string | null;
}) {
  if (groups.length === 0) return null;
  const count = groups.reduce((sum, group) => sum + group.tasks.length, 0);
  return (
    <section
      data-slot="unplaced"
      aria-label={t("map.unplaced.title")}
      className="unplaced mb-3.5 flex min-h-[52px] flex-wrap items-center gap-x-[26px] gap-y-1.5 rounded-4 px-3.5 py-[7px]"
    >
      <h2 className="flex items-center gap-[7px]">
        <HealthMark health="waiting" size={12} />
        <span className="font-semibold">{t("map.unplaced.title")}</span>
        <span className="font-normal text-ink-3">{count}</span>
      </h2>
      <ul className="contents">
        {groups.map((group) => (
          <Reason key={group.key} group={group} selected={selected} />
        ))}
      </ul>
    </section>
  );
}
