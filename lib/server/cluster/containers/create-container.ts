import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { ContainerCreate } from "#lib/shared/containers/schemas.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LinkedNode } from "../nodes/node-engines.ts";
import { rereadRow } from "./container-writes.ts";
import type { ContainerContext } from "./context.ts";

/**
 * Makes a container on one node and, unless told otherwise, starts it. Nothing is pulled. What cannot be connected or
 * started stays, made, and the error says so. Throws not_found when the image is not on the node.
 */
export async function createContainer(
  ctx: ContainerContext,
  input: ContainerCreate,
): Promise<WriteAnswer<ContainerView>> {
  const node = ctx.engines.get(input.node);
  const { id, warnings } = await make(node, input);
  try {
    for (const network of input.networks?.slice(1) ?? []) {
      await node.engine.send("POST", `/networks/${encodeURIComponent(network)}/connect`, {
        body: { Container: id },
        signal: node.signal,
      });
    }
    if (input.start !== false)
      await node.engine.send("POST", `/containers/${id}/start`, { signal: node.signal, timeoutMs: 60_000 });
  } catch (error) {
    await rereadRow(ctx, node, id);
    throw madeButNotRunning(error, input.name ?? id.slice(0, 12), node, id);
  }
  return { item: await rereadRow(ctx, node, id), warnings };
}

async function make(
  node: LinkedNode,
  input: ContainerCreate,
): Promise<{ id: string; warnings: readonly string[] }> {
  try {
    const text = await node.engine.send("POST", "/containers/create", {
      query: input.name === undefined ? {} : { name: input.name },
      body: engineBody(input),
      signal: node.signal,
    });
    const { Id, Warnings } = JSON.parse(text) as { Id: string; Warnings?: readonly string[] | null };
    return { id: Id, warnings: Warnings ?? [] };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found" && /no such image/i.test(error.engineText ?? "")) {
      const message = t("containers.error.noImage", { image: input.image, node: node.name });
      throw new AppError("not_found", message, { cause: error, engineText: error.engineText ?? "" });
    }
    throw error;
  }
}

function madeButNotRunning(error: unknown, name: string, node: LinkedNode, id: string): unknown {
  if (!isAppError(error)) return error;
  return new AppError(error.code, t("containers.error.notStarted", { name, node: node.name }), {
    cause: error,
    details: { id },
    ...(error.engineText !== undefined && { engineText: error.engineText }),
  });
}

/** The same choices in Docker's words. */
function engineBody(input: ContainerCreate) {
  const [network] = input.networks ?? [];
  const ports = input.ports ?? [];
  const portKey = ({ target, protocol = "tcp" }: (typeof ports)[number]) => `${target}/${protocol}`;
  return {
    Image: input.image,
    ...(input.command && { Cmd: input.command }),
    ...(input.entrypoint && { Entrypoint: input.entrypoint }),
    Env: input.env ?? [],
    User: input.user ?? "",
    WorkingDir: input.workdir ?? "",
    Hostname: input.hostname ?? "",
    Labels: input.labels ?? {},
    Tty: input.tty === true,
    OpenStdin: input.stdin === true,
    ExposedPorts: Object.fromEntries(ports.map((port) => [portKey(port), {}])),
    HostConfig: {
      PortBindings: Object.fromEntries(
        [...Map.groupBy(ports, portKey)].map(([key, own]) => [
          key,
          own.map(({ address, published }) => ({
            HostIp: address ?? "",
            HostPort: published === undefined ? "" : String(published),
          })),
        ]),
      ),
      Mounts: (input.mounts ?? []).map(({ type, source, target, readOnly }) => ({
        Type: type,
        Source: type === "tmpfs" ? "" : (source ?? ""),
        Target: target,
        ReadOnly: readOnly === true,
      })),
      RestartPolicy: {
        Name: input.restart?.policy ?? "no",
        MaximumRetryCount: input.restart?.policy === "on-failure" ? (input.restart.retries ?? 0) : 0,
      },
      AutoRemove: input.autoRemove === true,
      Memory: input.memoryBytes ?? 0,
      NanoCpus: input.nanoCpus ?? 0,
      ...(network !== undefined && { NetworkMode: network }),
    },
    ...(network !== undefined &&
      !["host", "none", "bridge", "default"].includes(network) && {
        NetworkingConfig: { EndpointsConfig: { [network]: {} } },
      }),
  };
}
