"use client";

import { clsx } from "clsx";
import { type CSSProperties, memo } from "react";
import { markingOf } from "#components/cluster/marking.ts";
import { hueColor, TaskMark } from "#components/ui/mark.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { isTrouble, type MapTask } from "#lib/shared/map/map-task.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import { isUpdating, startingWord, taskLabel, whyBroken } from "./task-words.ts";

const hourMs = 3_600_000;

/** Sets the hue of a service for everything inside. */
export function hueStyle(item: MapTask): CSSProperties {
  return { "--svc": hueColor(item.service?.color.hue) } as CSSProperties;
}

/** The mark of a task in its service's marking; the hue comes from around it. */
export function MapMark({ item, size }: { item: MapTask; size?: number }) {
  const { service, condition } = item;
  return (
    <TaskMark state={condition.kind} marking={service ? markingOf(service.color) : "plain"} size={size} />
  );
}

/**
 * Words beside the name. Drawn by the style sheet: the accessible name of the tile says the same in a whole sentence,
 * and must not have to follow every second.
 */
function Words({ className, text }: { className: string; text: string }) {
  return <span aria-hidden="true" data-text={text} className={className} />;
}

/** How long since, while that is news: every second in the first minute, below one hour at all. */
function Age({ since, limit = hourMs }: { since: number; limit?: number }) {
  const slow = useNow(30_000);
  const fast = useNow(slow !== 0 && slow - since < 60_000 ? 1000 : 30_000);
  // Nothing while hydrating: the server's words would be a second old.
  if (fast === 0 || fast - since >= limit) return null;
  return <Words className="tile-age" text={formatDuration(Math.max(0, fast - since))} />;
}

function Cause({ item }: { item: MapTask }) {
  const now = useNow(30_000);
  return <Words className="tile-word" text={whyBroken(item, now || item.task.since)} />;
}

/** The word of a tile: what is worth one, null while all is well. */
function wordOf(item: MapTask): string | null {
  switch (item.condition.kind) {
    case "running":
      return null;
    case "unhealthy":
      return t("map.task.checkFails");
    case "starting":
      return startingWord(item);
    default:
      return say(t, item.condition.word);
  }
}

/** The version a running task has while its service replaces its tasks. */
function versionOf({ task, service, condition }: MapTask): string | null {
  if (condition.kind !== "running" || !isUpdating(service)) return null;
  return task.imageTag ?? service?.image.tag ?? null;
}

function Word({ item }: { item: MapTask }) {
  const { kind } = item.condition;
  if (kind === "failed" || kind === "rejected") return <Cause item={item} />;
  const version = versionOf(item);
  if (version !== null) return <Words className="tile-word tile-version" text={version} />;
  const word = wordOf(item);
  return word === null ? null : <Words className="tile-word" text={word} />;
}

export interface TaskTileProps {
  item: MapTask;
  isSelected: boolean;
  className?: string;
}

/** One task as a tile: mark, name and slot, and a word where one is due. The sea handles its clicks and keys. */
export const TaskTile = memo(function TaskTile({ item, isSelected, className }: TaskTileProps) {
  const { task, service, condition } = item;
  const updating = isUpdating(service) && condition.kind === "running";
  const hasAge = condition.kind === "starting" || (condition.kind === "running" && !updating);
  return (
    <button
      type="button"
      tabIndex={-1}
      data-task={task.id}
      data-service={task.serviceId}
      aria-label={taskLabel(item)}
      aria-current={isSelected || undefined}
      style={hueStyle(item)}
      className={clsx(
        "tile",
        condition.kind,
        isTrouble(item) && "tile-wide",
        updating && task.upToDate && "new",
        className,
      )}
    >
      <MapMark item={item} />
      <span className="tile-main">
        <span className="tile-name">
          <span className="truncate">{service ? shortName(service) : task.serviceId.slice(0, 12)}</span>
          {task.slot !== null && task.slot !== 0 && <span className="tile-slot">.{task.slot}</span>}
        </span>
        <Word item={item} />
      </span>
      {hasAge && <Age since={task.since} />}
    </button>
  );
});
