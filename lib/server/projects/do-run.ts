import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ProjectRunKind } from "#lib/shared/projects/types.ts";
import { problemInWords } from "../stacks/check-files.ts";
import { createOutput, failureOf } from "../stacks/cli-words.ts";
import type { ComposeTree } from "../stacks/compose-tree.ts";
import { createEngineCalls } from "./engine-calls.ts";
import { createJudge } from "./judge.ts";
import type { ProjectRuns } from "./project-runs.ts";
import { bringBack, createRescue, type Rescue, type Restored } from "./rescue.ts";
import { type ComposeJob, runCompose } from "./run-compose.ts";
import { standsFirm } from "./stands-firm.ts";

export interface RunOptions extends Omit<ComposeJob, "handler" | "onOutput"> {
  readonly runs: ProjectRuns;
  readonly id: number;
  readonly kind: ProjectRunKind;
  readonly mayReachHost: boolean;
  readonly ownVolumes: ReadonlySet<string>;
  readonly registryAuth: (image: string) => string | null;
  readonly trees: readonly ComposeTree[];
  /** Containers of the project are there already. */
  readonly isUpdate: boolean;
  readonly now: () => number;
}

/** Output is written down this often at most, ms: pages ask for it. */
const outputEveryMs = 250;

/** One run of compose, written down from its beginning to its end. Never rejects: how it went is in the run. */
export async function doRun(options: RunOptions): Promise<void> {
  const { runs, id, kind, signal, now } = options;
  const output = createOutput();
  let savedAt = 0;
  const onOutput = (text: string) => {
    output.add(text);
    if (now() - savedAt < outputEveryMs) return;
    savedAt = now();
    runs.progress(id, kind, output.text());
  };
  const rescue =
    kind === "up" ? createRescue(options.node.engine, id, (state) => runs.keepRescue(id, state)) : null;
  const why = await attempt(options, rescue, onOutput).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  // The server ends: the next one tells that this was interrupted, and brings back what ran.
  if (signal.aborted) return;
  const done = why === null ? null : whyOf(why, output.text(), options.trees);
  if (rescue === null) {
    const words =
      done === null ? phrase(`projects.words.done.${kind}`) : phrase("projects.words.failed", { why: done });
    runs.end(id, done === null ? "completed" : "failed", words, output.text());
    return;
  }
  try {
    await settle(options, rescue, done, output);
  } catch (error) {
    output.add(`${error instanceof Error ? error.message : String(error)}\n`);
    runs.end(
      id,
      "failed",
      phrase("projects.words.unsettled", { why: done ?? output.text().trim().slice(-300) }),
      output.text(),
    );
  }
}

/** Null: it went well. An empty text: compose has said why. */
async function attempt(
  options: RunOptions,
  rescue: Rescue | null,
  onOutput: (text: string) => void,
): Promise<string | null> {
  const { node, project, mayReachHost, ownVolumes } = options;
  const code = await runCompose({
    ...options,
    onOutput,
    handler(folder) {
      const judge = createJudge({ engine: node.engine, project, mayReachHost, ownVolumes, folder });
      return createEngineCalls({ ...options, judge, rescue });
    },
  });
  if (code !== 0) return "";
  if (rescue === null || options.signal.aborted) return null;
  const fallen = await standsFirm(node.engine, rescue.state().made, options.signal);
  if (fallen === null) return null;
  onOutput(fallen.lines);
  return fallen.why;
}

function whyOf(why: string, output: string, trees: readonly ComposeTree[]): string {
  return why === "" ? problemInWords(failureOf(output, trees)) : why;
}

type Output = ReturnType<typeof createOutput>;

async function settle(
  { runs, id, node, isUpdate }: RunOptions,
  rescue: Rescue,
  why: string | null,
  output: Output,
): Promise<void> {
  const state = rescue.state();
  if (why === null) {
    await rescue.forget();
    const n = state.made.length;
    runs.end(
      id,
      "completed",
      n === 0 ? phrase("projects.words.quiet") : phrase("projects.words.done.up", { n }),
      output.text(),
    );
    return;
  }
  const isUntouched = state.kept.length + state.stopped.length === 0;
  if (isUntouched && state.made.length === 0) {
    runs.end(id, "refused", phrase("projects.words.refused", { why }), output.text());
    return;
  }
  // Nothing ran before: what was made stays, so that somebody can look why.
  if (!isUpdate && isUntouched) {
    runs.end(id, "failed", phrase("projects.words.firstFailed", { why }), output.text());
    return;
  }
  runs.restoring(id, output.text());
  const restored = await bringBack(node.engine, state);
  output.add(`${restoredLines(restored)}\n`);
  runs.end(
    id,
    restored.failed.length === 0 ? "restored" : "failed",
    restoredWords(why, restored),
    output.text(),
  );
}

/** What became of a failed update. */
export function restoredWords(why: string, { back, failed }: Restored): Phrase {
  const names = back.join(", ");
  const [first] = failed;
  if (first !== undefined)
    return phrase("projects.words.restoredPartly", {
      why,
      names: names || "–",
      lost: first.name,
      reason: first.why,
    });
  return back.length === 0
    ? phrase("projects.words.untouched", { why })
    : phrase("projects.words.restored", { why, names });
}

function restoredLines({ back, failed }: Restored): string {
  return [
    ...back.map((name) => t("projects.output.back", { name })),
    ...failed.map(({ name, why }) => t("projects.output.lost", { name, why })),
  ].join("\n");
}
