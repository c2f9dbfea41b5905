import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { FileCreate } from "#lib/shared/swarm-files/schemas.ts";
import type { ApiContext } from "./with-api.ts";

/** What the audit log says of a new secret or config: how large it is and which labels it has, never what is in it. */
export function createdFile({ data, labels = {} }: Pick<FileCreate, "data" | "labels">) {
  const names = Object.keys(labels).join(", ");
  return { bytes: Buffer.from(data, "base64").length, ...(names !== "" && { labels: names }) };
}

/** The secrets and configs of a call's cluster, and the name of the one it is about. Throws not_found. */
export async function fileCall(
  kind: FileKind,
  { runtime, params }: Pick<ApiContext<"getSecret">, "runtime" | "params">,
) {
  const { files } = runtime.clusters.get(params.cluster);
  return { files, object: `${kind} ${(await files.detail(kind, params.id)).item.name}` };
}

/** Begins a rotation and answers it. The audit log has names, and how large the new one is. */
export async function rotateFile(
  kind: FileKind,
  call: Pick<ApiContext<"rotateSecret">, "runtime" | "caller" | "params" | "body" | "audit">,
): Promise<Response> {
  const { caller, params, body } = call;
  const { files, object } = await fileCall(kind, call);
  const plan = await files.plan(kind, params.id);
  const name = body.name ?? plan.name;
  const removeOld = body.removeOld ?? true;
  const services = [...new Set(plan.uses.map(({ service }) => service.name))].join(", ");
  const { bytes } = createdFile(body);
  call.audit(object, { to: name, bytes, removeOld, ...(services !== "" && { services }) });
  const rotation = await files.rotate(caller, kind, params.id, { ...body, name, removeOld });
  return Response.json(rotation, { status: 202, headers: { "cache-control": "no-store" } });
}
