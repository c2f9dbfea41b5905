import { setTimeout as delay } from "node:timers/promises";
import type { Engine } from "#lib/server/docker/engine.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { readLog } from "../logs/read-log.ts";

/** A container that has just been started must run this long, ms: most that cannot work end at once. */
const firmMs = 3_000;
const lookEveryMs = 300;

/** A container that ended right after its start, and what it wrote last. */
export interface Fallen {
  readonly why: string;
  readonly lines: string;
}

/**
 * Looks at containers that were just started until they have run for a moment. Null: they do, or have done their work.
 * Compose itself counts a container as started that ends with an error at once.
 */
export async function standsFirm(
  engine: Engine,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Fallen | null> {
  if (ids.length === 0) return null;
  for (const until = Date.now() + firmMs; ; ) {
    for (const id of ids) {
      const fallen = await fallenOf(engine, id, signal);
      if (fallen !== null) return fallen;
    }
    if (Date.now() >= until || signal.aborted) return null;
    await delay(lookEveryMs);
  }
}

async function fallenOf(engine: Engine, id: string, signal: AbortSignal): Promise<Fallen | null> {
  let found: WireContainerInspect;
  try {
    found = await engine.get<WireContainerInspect>(`/containers/${id}/json`, { signal });
  } catch (error) {
    // One that removes itself when it ends.
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
  const { State, RestartCount = 0 } = found;
  const name = (found.Name ?? "").replace(/^\//, "");
  const hasFailed = State?.Status === "exited" && State.ExitCode !== 0;
  if (!hasFailed && RestartCount === 0 && State?.Restarting !== true) return null;
  const why = t("projects.error.fell", { name, code: State?.ExitCode ?? 0 });
  const query = { tail: 20, since: null, streams: ["stdout", "stderr"] as const, longest: 2_000 };
  const page = await readLog(engine, { kind: "container", id }, query, signal).catch(() => null);
  const lines = (page?.lines ?? []).map(({ text }) => `${name} | ${text}\n`).join("");
  return { why, lines };
}
