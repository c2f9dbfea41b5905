import { request } from "node:http";
import { text } from "node:stream/consumers";

/** What the agent tells of its engine. Texts are empty where the engine does not say. */
export interface EngineInfo {
  readonly swarmNodeId: string | null;
  readonly engineId: string;
  readonly name: string;
  readonly engineVersion: string;
  readonly os: string;
  readonly arch: string;
}

/** Longer than a manager without a leader needs for it, ms. */
const timeoutMs = 25_000;
/** For an engine that is known already: it should not keep its agent away from the server, ms. */
const shortTimeoutMs = 3_000;

/** Who the engine is. What it said last stands while it does not answer: that is for the server to tell. */
export interface EngineIdentity {
  /** Rejects when it has never answered. */
  read(): Promise<EngineInfo>;
}

export function createEngineIdentity(socketPath: string): EngineIdentity {
  let known: EngineInfo | null = null;
  return {
    async read() {
      try {
        known = await readEngineInfo(socketPath, known === null ? timeoutMs : shortTimeoutMs);
      } catch (error) {
        if (known === null) throw error;
      }
      return known;
    },
  };
}

async function readEngineInfo(socketPath: string, patienceMs: number): Promise<EngineInfo> {
  const info = JSON.parse(await get(socketPath, "/info", patienceMs)) as Readonly<Record<string, unknown>>;
  const swarm = (info.Swarm ?? {}) as Readonly<Record<string, unknown>>;
  const word = (value: unknown) => (typeof value === "string" ? value.slice(0, 200) : "");
  const engineId = word(info.ID);
  if (engineId === "") throw new Error("the engine does not say who it is");
  return {
    swarmNodeId: word(swarm.NodeID) || null,
    engineId,
    name: word(info.Name) || "unnamed",
    engineVersion: word(info.ServerVersion),
    os: word(info.OSType),
    arch: word(info.Architecture),
  };
}

function get(socketPath: string, path: string, patienceMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      { socketPath, path, headers: { host: "docker" }, signal: AbortSignal.timeout(patienceMs) },
      (answer) => {
        const ok = answer.statusCode === 200;
        text(answer).then(
          (body) => (ok ? resolve(body) : reject(new Error(`the engine answered ${answer.statusCode}`))),
          reject,
        );
      },
    );
    call.on("error", reject);
    call.end();
  });
}
