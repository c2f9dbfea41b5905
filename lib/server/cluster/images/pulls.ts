import { randomUUID } from "node:crypto";
import { linesOf } from "#lib/server/docker/event-stream.ts";
import { registryAuthHeader } from "#lib/server/registries/auth-header.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { pullQuery, registryOf } from "#lib/shared/images/reference.ts";
import type { PullNode, PullView } from "#lib/shared/images/types.ts";
import type { LinkedNode, NodeEngines } from "../nodes/node-engines.ts";
import { noProgress, type PullProgress, takePullLine } from "./pull-progress.ts";
import { createPullsFeed, type PullsFeed } from "./pulls-feed.ts";

/** What to pull, where, and for whom. */
export interface PullInput {
  readonly image: string;
  readonly nodes: readonly string[];
  /** The login that is kept for the image's registry. */
  readonly login?: "stored" | undefined;
  readonly auth?: { readonly username: string; readonly password: string } | undefined;
}

/** Pulls under way and those that ended in the last half hour, in memory: a page that is opened later finds them. */
export interface Pulls {
  /** Newest first. */
  list(): readonly PullView[];
  readonly feed: PullsFeed;
  /** Throws not_found and node_not_linked before anything is pulled. */
  start(input: PullInput, by: string): PullView;
  /** Throws not_found. */
  get(id: string): PullView;
  /**
   * Gives up a pull on all nodes that are still at it; their engines stop downloading. Resolves when every node has
   * ended. Throws not_found, and conflict when it had ended before.
   */
  cancel(id: string, by: string): Promise<PullView>;
  /** Gives up what is under way. */
  stop(): void;
}

export interface PullsOptions {
  readonly engines: NodeEngines;
  /** See ActionContext.registryAuth. */
  readonly registryAuth: (image: string) => string | null;
  readonly now: () => number;
  /** A node has an image more. */
  readonly onPulled: (nodeId: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Ended ones, at most so many and for so long, ms. */
const keptPulls = 20;
const keptMs = 30 * 60_000;
/** Until the first byte: registries may be slow, and the engine asks them first. */
const answerMs = 120_000;

interface Running {
  readonly view: Omit<PullView, "nodes" | "endedAt" | "cancelledBy">;
  readonly cancelling: AbortController;
  /** In the order of the view. */
  readonly nodes: Map<string, PullNode>;
  ended: Promise<unknown>;
  endedAt: number | null;
  cancelledBy: string | null;
}

export function createPulls(options: PullsOptions): Pulls {
  const { engines, now, onError } = options;
  const stopping = new AbortController();
  const forgetting = new Set<NodeJS.Timeout>();
  let pulls: readonly Running[] = [];
  const feed = createPullsFeed(() => pulls.map(viewOf));

  function forget(pull: Running): void {
    pulls = pulls.filter((each) => each !== pull);
    feed.tell();
  }

  function end(pull: Running): void {
    pull.endedAt = now();
    const ended = pulls.filter(({ endedAt }) => endedAt !== null);
    pulls = pulls.filter((each) => each.endedAt === null || ended.indexOf(each) < keptPulls);
    feed.tell();
    if (stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      forgetting.delete(timer);
      forget(pull);
    }, keptMs);
    forgetting.add(timer.unref());
  }

  function find(id: string): Running {
    const pull = pulls.find(({ view }) => view.id === id);
    if (!pull) throw new AppError("not_found", t("images.pull.none"));
    return pull;
  }

  /** Throws conflict where the stored login is wanted and there is none. */
  function headerOf(image: string, login: PullInput["login"], auth: PullInput["auth"]): string | null {
    if (auth) return registryAuthHeader({ ...auth, serveraddress: registryOf(image) });
    if (login !== "stored") return null;
    const header = options.registryAuth(image);
    if (header === null) throw new AppError("conflict", t("images.pull.noLogin", { image }));
    return header;
  }

  return {
    list: () => pulls.map(viewOf),
    feed,
    get: (id) => viewOf(find(id)),
    start({ image, nodes, login, auth }, by) {
      const linked = [
        ...new Map(nodes.map((ref) => engines.get(ref)).map((node) => [node.id, node])).values(),
      ];
      const header = headerOf(image, login, auth);
      const pull = begin(image, linked, by, now());
      pulls = [pull, ...pulls];
      // Lives in this call alone: neither the list nor the log has it.
      const headers: Readonly<Record<string, string>> = header === null ? {} : { "X-Registry-Auth": header };
      const onNode = (node: LinkedNode) =>
        pullOnNode(pull, node, headers, { ...options, stopping: stopping.signal, moved: feed.moved });
      pull.ended = Promise.all(linked.map(onNode))
        .then(() => end(pull))
        .catch(onError);
      feed.tell();
      return viewOf(pull);
    },
    async cancel(id, by) {
      const pull = find(id);
      const { image } = pull.view;
      if (pull.endedAt !== null) throw new AppError("conflict", t("images.pull.over", { image }));
      // Two may cancel at once: it was the first.
      pull.cancelledBy ??= by;
      pull.cancelling.abort();
      await pull.ended;
      return viewOf(pull);
    },
    stop() {
      stopping.abort();
      feed.stop();
      for (const timer of forgetting) clearTimeout(timer);
    },
  };
}

function begin(image: string, nodes: readonly LinkedNode[], by: string, startedAt: number): Running {
  const first = ({ id, name }: LinkedNode): PullNode => ({
    id,
    name,
    state: "pulling",
    status: "",
    digest: null,
    error: null,
    layers: [],
  });
  return {
    view: { id: randomUUID(), image, by, startedAt },
    cancelling: new AbortController(),
    nodes: new Map(nodes.map((node) => [node.id, first(node)])),
    ended: Promise.resolve(),
    endedAt: null,
    cancelledBy: null,
  };
}

interface OnNodeOptions extends Pick<PullsOptions, "onPulled" | "onError"> {
  readonly stopping: AbortSignal;
  readonly moved: () => void;
}

/** Pulls on one node to its end, whichever that is; never rejects. */
async function pullOnNode(
  pull: Running,
  node: LinkedNode,
  headers: Readonly<Record<string, string>>,
  { onPulled, onError, stopping, moved }: OnNodeOptions,
): Promise<void> {
  const set = (part: Partial<PullNode>) => {
    const known = pull.nodes.get(node.id);
    if (known) pull.nodes.set(node.id, { ...known, ...part });
    moved();
  };
  const cancelled = pull.cancelling.signal;
  // Ending the connection is how an engine is told to stop: it ends its download when the next bytes of it come, unless
  // somebody else waits for the same layer.
  const signal = AbortSignal.any([stopping, node.signal, cancelled]);
  let progress: PullProgress = noProgress;
  try {
    const query = pullQuery(pull.view.image);
    const options = { method: "POST", query, headers, signal, timeoutMs: answerMs } as const;
    for await (const line of linesOf(node.engine.stream("/images/create", options))) {
      progress = takePullLine(progress, line);
      set({ status: progress.status, digest: progress.digest, layers: progress.layers });
    }
    // A stream that was given up ends quietly; what the engine had finished by then is done all the same.
    if (progress.status.startsWith("Status: ")) set({ state: "done" });
    else if (cancelled.aborted) set({ state: "cancelled" });
    else if (signal.aborted) set({ state: "failed", error: t("images.pull.lost", { node: node.name }) });
    else if (progress.error !== null) set({ state: "failed", error: progress.error });
    else set({ state: "done" });
  } catch (error) {
    if (!isAppError(error)) onError(error);
    const why = isAppError(error) ? (error.engineText ?? error.message) : t("images.pull.broken");
    set({ state: "failed", error: why });
  }
  onPulled(node.id);
}

function viewOf({ view, endedAt, cancelledBy, nodes }: Running): PullView {
  return { ...view, endedAt, cancelledBy, nodes: [...nodes.values()] };
}
