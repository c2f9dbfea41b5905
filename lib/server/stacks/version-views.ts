import type { StackVersionRow } from "#lib/server/db/stacks.ts";
import type { OperationDetail } from "#lib/shared/api/history.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import type { DeployedService, DeployState, StackVersion } from "#lib/shared/stacks/types.ts";
import { replacedFiles } from "./replaced-files.ts";

/** A row as the API shows it. */
export function versionView(row: StackVersionRow): StackVersion {
  const { id, stack, startedAt, endedAt, userName, message, state, fromVersion } = row;
  return {
    id, stack, startedAt, endedAt, userName, message, state, fromVersion,
    words: JSON.parse(row.words) as Phrase,
    prune: row.prune === 1,
    services: servicesOf(row),
    files: JSON.parse(row.files) as StackVersion["files"],
    replaced: replacedFiles(row),
  }; // biome-ignore format: short
}

export function servicesOf({ services }: Pick<StackVersionRow, "services">): readonly DeployedService[] {
  return JSON.parse(services) as readonly DeployedService[];
}

/** How a deploy stands whose services are all written. */
export interface Standing {
  readonly state: DeployState;
  readonly words: Phrase;
  /** Null: it goes on. */
  readonly endedAt: number | null;
}

const broken: ReadonlySet<OperationDetail["state"]> = new Set(["failed", "rolled_back", "unknown"]);
const waiting: ReadonlySet<OperationDetail["state"]> = new Set(["stuck", "paused"]);

/**
 * How it stands by the operations of its services: it has succeeded when every one of them has converged, and failed when one
 * cannot any more. `nodeName` names a node by id.
 */
export function standingOf(
  operations: readonly OperationDetail[],
  nodeName: (id: string) => string | null,
  now: number,
): Standing {
  const failed = operations.find(({ state }) => broken.has(state));
  const under = operations.filter(({ endedAt }) => endedAt === null);
  const isOver = under.length === 0;
  const endedAt = isOver ? Math.max(0, ...operations.map((each) => each.endedAt ?? 0)) || now : null;
  if (failed && isOver) return { state: "failed", words: troubleWords(failed, nodeName), endedAt };
  const stuck = operations.find(({ state }) => waiting.has(state)) ?? failed;
  if (stuck) return { state: "stuck", words: troubleWords(stuck, nodeName), endedAt: null };
  const n = operations.length;
  const completed = n === 0 ? phrase("deploy.words.quiet") : phrase("deploy.words.completed", { n });
  if (isOver) return { state: "completed", words: completed, endedAt };
  return {
    state: "converging",
    words: phrase("deploy.words.converging", { done: n - under.length, n }),
    endedAt,
  };
}

/** The service, its task and the reason. */
function troubleWords(
  { service, failure, words }: OperationDetail,
  nodeName: (id: string) => string | null,
): Phrase {
  if (failure === null) return phrase("deploy.words.trouble", { name: service.name, why: words });
  const task = failure.slot === null ? service.name : `${service.name}.${failure.slot}`;
  const node = failure.nodeId === null ? null : nodeName(failure.nodeId);
  return node === null
    ? phrase("deploy.words.troubleTask", { name: service.name, task, why: words })
    : phrase("deploy.words.troubleTaskOn", { name: service.name, task, node, why: words });
}
