import { durationPhrase } from "#lib/shared/format.ts";
import { type Phrase, phrase, say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type MapTask, taskName } from "#lib/shared/map/map-task.ts";
import { whyEnded } from "#lib/shared/model/service-trouble.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";

/** Why a task broke. What the code 1 means everybody knows; it would only take the room of how often. */
function shortWhy({ task }: MapTask): Phrase {
  const isPlainExit = task.exitCode === 1 && (task.error === null || /non-zero exit/.test(task.error));
  if (isPlainExit) return phrase("services.exit.other", { code: "1" });
  return whyEnded(task) ?? phrase("services.why.unsaid");
}

/** Why a task broke, with how often: "exit 137, killed, 5 times in 5 min". `now` in ms since 1970. */
export function whyBroken(item: MapTask, now: number): string {
  const { task } = item;
  const why = shortWhy(item);
  if (task.failures < 2 || task.failuresSince === null) return say(t, why);
  const time = durationPhrase(Math.max(1000, now - task.failuresSince));
  return say(t, phrase("services.cause.times", { why, n: task.failures, time }));
}

/** Is the service replacing its tasks now, so that versions are worth reading? */
export function isUpdating(service: ServiceView | undefined): boolean {
  const state = service?.update?.state;
  return state === "updating" || state === "rollback_started";
}

/** Everything about a task in one line, for screen readers. Without times: they would be old when read. */
export function taskLabel(item: MapTask): string {
  const { task, node, condition } = item;
  const name = taskName(item);
  const place = node?.name ?? t("map.task.noNode");
  const word = say(t, condition.word);
  const ended = condition.kind === "failed" || condition.kind === "rejected" ? whyEnded(task) : null;
  if (ended === null) return t("map.task.label", { name, word, node: place });
  return t("map.task.labelWhy", { name, word, why: say(t, ended), node: place });
}

/** States on the way to running are one word on a tile: "about to start" and the like are told up close. */
export function startingWord({ task }: MapTask): string {
  if (task.state === "preparing") return t("services.task.preparing");
  return t(task.state === "running" ? "map.task.checking" : "services.task.starting");
}
