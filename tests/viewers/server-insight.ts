import { once } from "node:events";
import { WebSocket } from "ws";
import { waitFor } from "../lab/wait.ts";

/** What a server holds, asked over its inspector. */
export interface ServerInsight {
  /** MB in use after a collection: the heap, and buffers outside of it. */
  held(): Promise<number>;
  /** Timers that are set and sockets that are open, by the name the runtime gives them. */
  resources(): Promise<Readonly<Record<string, number>>>;
  close(): void;
}

interface Answer {
  readonly id: number;
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/** Reaches the inspector of a server that was started with `--inspect`, by what it printed. */
export async function inspectServer(printed: string): Promise<ServerInsight> {
  const [address] = /ws:\/\/127\.0\.0\.1:\d+\/[\w-]+/.exec(printed) ?? [];
  if (!address) throw new Error("the server did not say where its inspector is");
  const socket = new WebSocket(address);
  await once(socket, "open");
  const answers = new Map<number, Answer>();
  socket.on("message", (data) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id) answers.set(answer.id, answer);
  });
  let last = 0;
  async function ask(method: string, params: object = {}): Promise<Answer["result"]> {
    last += 1;
    const id = last;
    socket.send(JSON.stringify({ id, method, params }));
    const answer = await waitFor(`an answer to ${method}`, () => answers.get(id), { intervalMs: 10 });
    answers.delete(id);
    return answer.result;
  }
  async function evaluate(expression: string): Promise<unknown> {
    return (await ask("Runtime.evaluate", { expression, returnByValue: true }))?.result?.value;
  }
  return {
    async held() {
      for (let turn = 0; turn < 2; turn += 1) await ask("HeapProfiler.collectGarbage");
      return (
        Number(await evaluate("(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())")) /
        1_024 ** 2
      );
    },
    async resources() {
      const counts: Record<string, number> = {};
      for (const name of ((await evaluate("process.getActiveResourcesInfo()")) ?? []) as string[])
        counts[name] = (counts[name] ?? 0) + 1;
      return counts;
    },
    close: () => socket.close(),
  };
}
