import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { causeOf } from "#lib/server/docker/errors.ts";
import type { NodeApi } from "#lib/server/docker/node-api.ts";
import type { ClusterVolumes, VolumeDownload, VolumeUpload } from "#lib/server/volume-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { shownName } from "#lib/shared/volumes/file-path.ts";
import {
  type FileRefusal,
  fileRefusals,
  filesCapability,
  type VolumeFiles,
} from "#lib/shared/volumes/files.ts";
import type { VolumeRef } from "#lib/shared/volumes/types.ts";
import type { LinkedNode, NodeEngines } from "../nodes/node-engines.ts";

type FileMethods = Pick<
  ClusterVolumes,
  "files" | "download" | "upload" | "makeFolder" | "rename" | "removeFile"
>;

/** A folder of many entries on a busy disk, ms. */
const listTimeoutMs = 30_000;
/** Removing a large folder, ms. */
const removeTimeoutMs = 120_000;
/** The longest that a file may take on its way up, ms. */
const uploadTimeoutMs = 12 * 3_600_000;

/** Null: the node's agent reads and changes files of volumes. Else why it does not, and what to do. */
export function whyNoFiles({ link, name }: Pick<LinkedNode, "link" | "name">): string | null {
  const api = link.nodeApi?.() ?? null;
  if (api === null) return t("volumes.noFiles.noAgent", { node: name });
  return api.capabilities.includes(filesCapability) ? null : t("volumes.noFiles.scope", { node: name });
}

/** Files of volumes, through the agent of their node: it alone judges every path. */
export function createVolumeFiles(engines: Pick<NodeEngines, "get">): FileMethods {
  async function ask<T>(
    ref: VolumeRef,
    path: string,
    run: (api: NodeApi, node: LinkedNode, query: Record<string, string>) => Promise<T>,
  ): Promise<T> {
    const node = engines.get(ref.node);
    const why = whyNoFiles(node);
    const api = node.link.nodeApi?.() ?? null;
    if (why !== null || api === null) throw new AppError("refused_by_engine", why ?? "");
    try {
      return await run(api, node, { volume: ref.name, path });
    } catch (error) {
      throw inWords(error, path, ref.name);
    }
  }

  return {
    files: (ref, path, from) =>
      ask(ref, path, async (api, { signal }, query) => {
        const search = new URLSearchParams({ ...query, from: String(from) });
        // An agent is trusted with its node, and with what it says of its files.
        return (await api.get(`/volumes/files?${search}`, {
          signal,
          timeoutMs: listTimeoutMs,
        })) as VolumeFiles;
      }),
    download: (ref, path, signal) =>
      ask(ref, path, (api, node, query) => startDownload(api, query, AbortSignal.any([signal, node.signal]))),
    upload: (ref, path, upload) =>
      ask(ref, path, (api, node, query) => send(api, query, upload, node.signal)),
    makeFolder: (ref, path) =>
      ask(ref, path, async (api, { signal }, query) => {
        await api.send("POST", "/volumes/folder", { query, signal });
      }),
    rename: (ref, path, to) =>
      ask(ref, path, async (api, { signal }, query) => {
        await api.send("POST", "/volumes/rename", { query: { ...query, to }, signal });
      }),
    removeFile: (ref, path, all) =>
      ask(ref, path, async (api, { signal }, query) => {
        const options = { query: { ...query, all: all ? "1" : "0" }, signal, timeoutMs: removeTimeoutMs };
        await api.send("DELETE", "/volumes/file", options);
      }),
  };
}

/** Resolves with the first bytes, so that a refusal is an error and not the beginning of a file. */
async function startDownload(
  api: NodeApi,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<VolumeDownload> {
  const bytes = api.stream("/volumes/file", { query, signal })[Symbol.asyncIterator]();
  let first: IteratorResult<Uint8Array> | null = await bytes.next();
  return {
    next() {
      const now = first;
      first = null;
      return now === null ? bytes.next() : Promise.resolve(now);
    },
    return: async () => (await bytes.return?.()) ?? { done: true, value: undefined },
  };
}

async function send(
  api: NodeApi,
  query: Readonly<Record<string, string>>,
  { body, size, replace, signal }: VolumeUpload,
  linkSignal: AbortSignal,
): Promise<void> {
  const upload = body ? Readable.fromWeb(body as WebStream) : Readable.from([]);
  // A person who goes away breaks the body off; the call under way tells it.
  upload.on("error", () => undefined);
  try {
    await api.send("PUT", "/volumes/file", {
      query: { ...query, size: String(size), replace: replace ? "1" : "0" },
      upload,
      headers: { "Content-Type": "application/octet-stream" },
      signal: AbortSignal.any([signal, linkSignal]),
      timeoutMs: uploadTimeoutMs,
    });
  } finally {
    upload.destroy();
  }
}

/** The agent's word as a sentence about the path that was asked for. */
function inWords(error: unknown, path: string, volume: string): unknown {
  const failure = causeOf(error);
  const reason = failure?.kind === "answered" ? failure.text : null;
  if (reason === null || !isRefusal(reason)) return error;
  const shown = path === "" ? volume : path.split("/").map(shownName).join("/");
  return new AppError(
    fileRefusals[reason],
    t(`volumes.refused.${reason}`, { path: shown.slice(0, 300), volume }),
    {
      cause: error,
    },
  );
}

function isRefusal(word: string): word is FileRefusal {
  return Object.hasOwn(fileRefusals, word);
}
