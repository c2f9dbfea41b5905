import { request } from "node:http";
import { text as readText } from "node:stream/consumers";

/** JSON as an engine wrote it. What is compared is read from it here, with nothing of Shoal's own reading. */
export type Raw = Readonly<Record<string, unknown>>;

/** One call to an engine's socket, past everything that is faulty. Rejects for a status that is no success. */
export async function askEngine(
  socketPath: string,
  method: string,
  path: string,
  body?: object,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({
      socketPath,
      method,
      path,
      agent: false,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
    });
    call.on("error", reject).on("response", (answer) => {
      readText(answer).then((text) => {
        const status = answer.statusCode ?? 0;
        if (status < 300) resolve(text);
        else reject(new EngineSaidNo(status, `${method} ${path}: ${status} ${text.trim()}`));
      }, reject);
    });
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** A refusal of an engine, with its status. */
export class EngineSaidNo extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Everything a manager says of its swarm, and each engine of its containers. */
export interface Truth {
  readonly nodes: readonly Raw[];
  readonly services: readonly Raw[];
  readonly tasks: readonly Raw[];
  readonly networks: readonly Raw[];
  readonly secrets: readonly Raw[];
  readonly configs: readonly Raw[];
  /** By id of the node; only of nodes whose engine Shoal is linked to. */
  readonly containers: ReadonlyMap<string, readonly Raw[]>;
}

/** Reads it all: `sockets` are those of the linked engines, by id of their node. */
export async function readTruth(manager: string, sockets: ReadonlyMap<string, string>): Promise<Truth> {
  const list = async (socket: string, path: string) =>
    (JSON.parse(await askEngine(socket, "GET", path)) as Raw[] | null) ?? [];
  const [nodes = [], services = [], tasks = [], networks = [], secrets = [], configs = []] =
    await Promise.all(
      ["/nodes", "/services?status=true", "/tasks", "/networks", "/secrets", "/configs"].map((path) =>
        list(manager, path),
      ),
    );
  const containers = await Promise.all(
    [...sockets].map(async ([id, socket]) => [id, await list(socket, "/containers/json?all=1")] as const),
  );
  return { nodes, services, tasks, networks, secrets, configs, containers: new Map(containers) };
}

/** A member deep inside: `at(task, "Status", "State")`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Raw)[key] : undefined),
    value,
  );
}

export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

export function timeAt(value: unknown, ...path: readonly string[]): number {
  return Date.parse(textAt(value, ...path)) || 0;
}
