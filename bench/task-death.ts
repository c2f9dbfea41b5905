import { request } from "node:http";
import type { Page } from "@playwright/test";
import { waitFor } from "../tests/lab/wait.ts";

const TASK_LABEL = "com.docker.swarm.task.id";

/** Calls a Docker Engine behind a socket and answers the parsed body. */
function engine<T>(socketPath: string, method: string, path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      answer.on("end", () => resolve((body ? JSON.parse(body) : null) as T));
    });
    call.on("error", reject);
    call.end();
  });
}

/** Notes, in the page, when the tile of a task changed its words or went away. Times as Date.now, in parts of ms. */
function watchTile(page: Page, task: string): Promise<void> {
  return page.evaluate((id) => {
    const find = () => document.querySelector(`[data-task="${id}"]`)?.getAttribute("aria-label");
    // The words end with how long it has been so, which changes by itself.
    const words = () => find()?.includes(", running, ");
    if (!words()) throw new Error(`the tile of ${id} does not run`);
    const observer = new MutationObserver(() => {
      if (words()) return;
      observer.disconnect();
      document.documentElement.dataset.changed = `${id} ${performance.timeOrigin + performance.now()}`;
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  }, task);
}

/**
 * Kills one task's container on the node behind this socket and answers how long after the engine's own `die` event
 * its tile on the map changed, ms.
 */
export async function deathToTile(page: Page, socketPath: string): Promise<number> {
  const filter = encodeURIComponent(JSON.stringify({ label: [TASK_LABEL] }));
  const containers = await engine<{ Id: string; Labels: Record<string, string> }[]>(
    socketPath,
    "GET",
    `/containers/json?filters=${filter}`,
  );
  const shown = await page
    .locator('[data-task][aria-label*=", running, "]')
    .evaluateAll((tiles) => tiles.map((tile) => (tile as HTMLElement).dataset.task));
  const victim = containers.find(({ Labels }) => shown.includes(Labels[TASK_LABEL]));
  const task = victim?.Labels[TASK_LABEL];
  if (!victim || !task) throw new Error("no running task of this node is on the map");
  await watchTile(page, task);
  const since = Math.floor(Date.now() / 1_000);
  await engine(socketPath, "POST", `/containers/${victim.Id}/kill`);
  const changed = await waitFor(
    "the tile to change",
    () =>
      page.evaluate((id) => {
        const [of, at] = (document.documentElement.dataset.changed ?? "").split(" ");
        return of === id && Number(at);
      }, task),
    { timeoutMs: 15_000, intervalMs: 20 },
  );
  return changed - (await diedAt(socketPath, victim.Id, since));
}

/** When the engine says that a container died, ms since 1970. */
async function diedAt(socketPath: string, container: string, since: number): Promise<number> {
  const filter = encodeURIComponent(JSON.stringify({ container: [container], event: ["die"] }));
  const until = Math.ceil(Date.now() / 1_000) + 1;
  const event = await engine<{ timeNano: number }>(
    socketPath,
    "GET",
    `/events?since=${since}&until=${until}&filters=${filter}`,
  );
  return event.timeNano / 1e6;
}
