import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { errorStatus } from "#lib/shared/errors.ts";
import { readFilePath, textToName } from "#lib/shared/volumes/file-path.ts";
import { fileRefusals, filesCapability, mostDownloadBytes } from "#lib/shared/volumes/files.ts";
import type { NodeRoute } from "../node-api.ts";
import { makeFolder, putFile, removeEntry, renameEntry } from "./change-files.ts";
import { type Folder, goDown, openFile } from "./folder.ts";
import { listFiles } from "./list-files.ts";
import { Refusal, refusalOf } from "./refusal.ts";
import { holdVolume, type VolumesPlace } from "./volume-root.ts";

interface Call {
  readonly volume: Folder;
  readonly names: readonly Uint8Array[];
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The files of volumes: only of an agent whose scope is `exec`, as they are as good as a shell on what uses them. */
export function volumeRoutes(place: VolumesPlace): readonly NodeRoute[] {
  const route = (
    method: NodeRoute["method"],
    path: string,
    run: (call: Call) => Promise<unknown>,
  ): NodeRoute => ({
    method,
    path,
    capability: filesCapability,
    answer: (request, response, url) => answer(place, run, request, response, url.searchParams),
  });
  return [
    route("GET", "/volumes/files", async ({ volume, names, query }) => {
      const from = Number(query.get("from") ?? 0);
      return within(volume, names, (folder) =>
        listFiles(folder, Number.isSafeInteger(from) && from > 0 ? from : 0),
      );
    }),
    route("GET", "/volumes/file", download),
    route("PUT", "/volumes/file", ({ request, query, ...call }) =>
      inParent(call, (folder, name) =>
        putFile(folder, name, {
          body: request,
          size: Number(query.get("size")),
          replace: query.get("replace") === "1",
        }),
      ),
    ),
    route("DELETE", "/volumes/file", ({ query, ...call }) =>
      inParent(call, (folder, name) => removeEntry(folder, name, query.get("all") === "1")),
    ),
    route("POST", "/volumes/folder", (call) => inParent(call, makeFolder)),
    route("POST", "/volumes/rename", ({ query, ...call }) => {
      const to = textToName(query.get("to") ?? "");
      if (to === null) throw new Refusal("bad_path");
      return inParent(call, (folder, name) => renameEntry(folder, name, to));
    }),
  ];
}

async function answer(
  place: VolumesPlace,
  run: (call: Call) => Promise<unknown>,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<void> {
  let volume: Folder | null = null;
  try {
    const names = readFilePath(query.get("path") ?? "");
    if (names === null) throw new Refusal("bad_path");
    volume = await holdVolume(place, query.get("volume") ?? "");
    const result = await run({ volume, names, query, request, response });
    if (!response.headersSent) sendJson(response, 200, result ?? {});
  } catch (error) {
    const reason = refusalOf(error);
    if (response.headersSent || reason === null) throw error;
    sendJson(response, errorStatus[fileRefusals[reason]], { message: reason });
  } finally {
    await volume?.handle.close();
  }
}

async function download({ response, ...call }: Call): Promise<void> {
  await inParent(call, async (folder, name) => {
    const { handle, stat } = await openFile(folder, name);
    try {
      if (stat.size > mostDownloadBytes) throw new Refusal("too_large");
      response.writeHead(200, {
        "content-type": "application/octet-stream",
        "content-length": stat.size,
      });
      // As long as it was when it was opened: what is written to it meanwhile belongs to the next download.
      if (stat.size === 0) response.end();
      else await pipeline(handle.createReadStream({ end: stat.size - 1, autoClose: false }), response);
    } finally {
      await handle.close();
    }
  });
}

async function within<T>(
  volume: Folder,
  names: readonly Uint8Array[],
  run: (folder: Folder) => Promise<T>,
): Promise<T> {
  const folder = await goDown(volume, names);
  try {
    return await run(folder);
  } finally {
    await folder.handle.close();
  }
}

function inParent<T>(
  { volume, names }: Pick<Call, "volume" | "names">,
  run: (folder: Folder, name: Uint8Array) => Promise<T>,
): Promise<T> {
  const name = names.at(-1);
  if (name === undefined) throw new Refusal("whole_volume");
  return within(volume, names.slice(0, -1), (folder) => run(folder, name));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
