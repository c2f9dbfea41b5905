import { request } from "node:http";
import type { RunningContainer } from "./usage-sampler.ts";

interface Row {
  readonly Id?: unknown;
}
interface Inspected {
  readonly State?: { readonly Pid?: unknown; readonly Running?: unknown };
}

/** Asks the node's own engine; rejects when it does not answer in time. */
function get(socketPath: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(5_000);
    const call = request({ socketPath, path, signal }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode !== 200) reject(new Error(`GET ${path}: ${response.statusCode} ${text}`));
        else resolve(JSON.parse(text));
      });
    });
    call.on("error", reject);
    call.end();
  });
}

/**
 * The containers that run on the node, for `createUsageSampler`. The engine is asked for all of them at most every few
 * seconds, and once for the process of each that it has not told before. `isAlive`: is this still a process?
 */
export function createRunningContainers({
  socketPath,
  isAlive,
  maxAgeMs = 5_000,
  now = Date.now,
}: {
  readonly socketPath: string;
  readonly isAlive: (pid: number) => boolean;
  readonly maxAgeMs?: number;
  readonly now?: () => number;
}): () => Promise<readonly RunningContainer[]> {
  const pids = new Map<string, number>();
  let listed: readonly RunningContainer[] = [];
  let listedAt = Number.NEGATIVE_INFINITY;

  async function pidOf(id: string): Promise<number | null> {
    const known = pids.get(id);
    if (known !== undefined && isAlive(known)) return known;
    const { State } = (await get(socketPath, `/containers/${id}/json`)) as Inspected;
    if (typeof State?.Pid !== "number" || State.Pid <= 0) return null;
    pids.set(id, State.Pid);
    return State.Pid;
  }

  return async () => {
    if (now() - listedAt < maxAgeMs && listed.every(({ pid }) => isAlive(pid))) return listed;
    const rows = (await get(socketPath, "/containers/json")) as Row[] | null;
    const ids = (rows ?? []).flatMap(({ Id }) => (typeof Id === "string" ? [Id] : []));
    for (const id of pids.keys()) if (!ids.includes(id)) pids.delete(id);
    const found: RunningContainer[] = [];
    for (const id of ids) {
      // One that ends between the list and this question is simply not there.
      const pid = await pidOf(id).catch(() => null);
      if (pid !== null) found.push({ id, pid });
    }
    listed = found;
    listedAt = now();
    return listed;
  };
}
