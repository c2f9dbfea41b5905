import type { VolumeDownload } from "#lib/server/volume-types.ts";
import { shownName } from "#lib/shared/volumes/file-path.ts";
import type { VolumeRef } from "#lib/shared/volumes/types.ts";
import type { ApiContext } from "./with-api.ts";

/** The volume that a call names, and the volumes of its cluster. Writes down which it is, and which file of it. */
export function volumeCall(
  { runtime, params, query, audit }: Pick<ApiContext<"getVolume">, "runtime" | "params" | "query" | "audit">,
  facts?: Readonly<Record<string, unknown>>,
) {
  const { volumes, engines } = runtime.clusters.get(params.cluster);
  const ref: VolumeRef = { node: query.node, name: params.id };
  const node = engines.all().find(({ id, name }) => id === query.node || name === query.node);
  audit(`volume ${params.id} on ${node?.name ?? query.node}`, facts);
  return { volumes, ref };
}

/** The file as it comes, as fast as it is taken; always something to keep, never something to show. */
export function downloadAnswer(bytes: VolumeDownload, path: string): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await bytes.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await bytes.return?.();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": disposition(shownName(path.split("/").at(-1) ?? "")),
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "no-store",
    },
  });
}

/** RFC 6266: a plain name for old clients, the real one beside it. */
function disposition(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, "_") || "file";
  const real = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${real}`;
}
