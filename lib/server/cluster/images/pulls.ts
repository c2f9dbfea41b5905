import { randomUUID } from "node:crypto";
import { linesOf } from "#lib/server/docker/event-stream.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { pullQuery, registryOf } from "#lib/shared/images/reference.ts";
import type { PullNode, PullView } from "#lib/shared/images/types.ts";
import type { LinkedNode, NodeEngines } from "../nodes/node-engines.ts";
import { noProgress, type PullProgress, takePullLine } from "./pull-progress.ts";

/** What to pull, where, and for whom. */
export interface PullInput {
  readonly image: string;
  readonly nodes: readonly string[];
  readonly auth?: { readonly username: string; readonly password: string } | undefined;
}

/** Pulls under way and the newest that ended, in memory: a page that is opened again finds them. */
export interface Pulls {
  /** Newest first. */
  list(): readonly PullView[];
  /** Throws not_found and node_not_linked before anything is pulled. */
  start(input: PullInput, by: string): PullView;
  /** Gives up what is under way. */
  stop(): void;
}

export interface PullsOptions {
  readonly engines: NodeEngines;
  readonly now: () => number;
  /** A node has an image more. */
  readonly onPulled: (nodeId: string) => void;
  readonly onError: (error: unknown) => void;
}

const keptPulls = 20;
/** Until the first byte: registries may be slow, and the engine asks them first. */
const answerMs = 120_000;

interface Running {
  readonly view: Omit<PullView, "nodes" | "endedAt">;
  endedAt: number | null;
  nodes: readonly PullNode[];
}

export function createPulls({ engines, now, onPulled, onError }: PullsOptions): Pulls {
  const stopping = new AbortController();
  let pulls: readonly Running[] = [];

  const set = (pull: Running, id: string, part: Partial<PullNode>) => {
    pull.nodes = pull.nodes.map((node) => (node.id === id ? { ...node, ...part } : node));
  };

  async function onNode(pull: Running, node: LinkedNode, headers: Readonly<Record<string, string>>) {
    let progress: PullProgress = noProgress;
    const signal = AbortSignal.any([stopping.signal, node.signal]);
    const fail = (error: string) => set(pull, node.id, { state: "failed", error });
    try {
      const query = pullQuery(pull.view.image);
      const options = { method: "POST", query, headers, signal, timeoutMs: answerMs } as const;
      for await (const line of linesOf(node.engine.stream("/images/create", options))) {
        progress = takePullLine(progress, line);
        set(pull, node.id, { status: progress.status, layers: progress.layers });
      }
      // A stream that was given up ends quietly.
      if (signal.aborted) fail(t("images.pull.lost", { node: node.name }));
      else if (progress.error !== null) fail(progress.error);
      else set(pull, node.id, { state: "done" });
    } catch (error) {
      if (!isAppError(error)) onError(error);
      fail(isAppError(error) ? (error.engineText ?? error.message) : t("images.pull.broken"));
    }
    onPulled(node.id);
  }

  return {
    list: () => pulls.map(viewOf),
    start({ image, nodes, auth }, by) {
      const linked = [
        ...new Map(nodes.map((ref) => engines.get(ref)).map((node) => [node.id, node])).values(),
      ];
      const pull: Running = {
        view: { id: randomUUID(), image, by, startedAt: now() },
        endedAt: null,
        nodes: linked.map(({ id, name }) => ({
          id, name, state: "pulling", status: "", error: null, layers: [],
        })), // biome-ignore format: one line
      };
      const ended = pulls.filter(({ endedAt }) => endedAt !== null).slice(0, keptPulls - 1);
      pulls = [pull, ...pulls.filter((each) => each.endedAt === null || ended.includes(each))];
      // Lives in this call alone: neither the list nor the log has it.
      const headers: Readonly<Record<string, string>> = auth
        ? { "X-Registry-Auth": authHeader(image, auth) }
        : {};
      Promise.all(linked.map((node) => onNode(pull, node, headers)))
        .then(() => {
          pull.endedAt = now();
        })
        .catch(onError);
      return viewOf(pull);
    },
    stop: () => stopping.abort(),
  };
}

function viewOf({ view, endedAt, nodes }: Running): PullView {
  return { ...view, endedAt, nodes };
}

function authHeader(image: string, auth: { readonly username: string; readonly password: string }): string {
  return Buffer.from(JSON.stringify({ ...auth, serveraddress: registryOf(image) })).toString("base64url");
}
