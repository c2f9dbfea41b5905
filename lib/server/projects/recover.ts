import { setTimeout as delay } from "node:timers/promises";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LinkedNode, NodeEngines } from "../cluster/nodes/node-engines.ts";
import { restoredWords } from "./do-run.ts";
import type { Interrupted, ProjectRuns } from "./project-runs.ts";
import { bringBack } from "./rescue.ts";

export interface RecoverOptions {
  readonly runs: ProjectRuns;
  readonly engines: NodeEngines;
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => void;
}

/** An engine is looked for this often, ms. */
const lookEveryMs = 1_000;

/** Brings back what ran before deploys in whose middle a server ended, as soon as their engines answer. */
export function recover({ runs, engines, signal, onError }: RecoverOptions): void {
  for (const each of runs.interrupted()) {
    recoverOne(each, runs, engines, signal).catch((error: unknown) => {
      if (!signal.aborted) onError(error);
    });
  }
}

async function recoverOne(
  { key, id, output, rescue }: Interrupted,
  runs: ProjectRuns,
  engines: NodeEngines,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = await linked(engines, key.node, signal);
  const restored = await bringBack(engine, rescue);
  const words = restoredWords(t("projects.error.interrupted"), restored);
  runs.end(id, restored.failed.length === 0 ? "restored" : "failed", words, output);
}

async function linked(engines: NodeEngines, node: string, signal: AbortSignal): Promise<LinkedNode> {
  for (;;) {
    try {
      return engines.get(node);
    } catch (error) {
      if (!isAppError(error)) throw error;
      await delay(lookEveryMs, undefined, { signal, ref: false });
    }
  }
}
