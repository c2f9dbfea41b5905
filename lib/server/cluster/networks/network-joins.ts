import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { addressOf, holds, parseCidr } from "#lib/shared/networks/cidr.ts";
import type { NetworkConnect, NetworkDisconnect } from "#lib/shared/networks/schemas.ts";
import type { NetworkRef, NetworkRow } from "#lib/shared/networks/types.ts";
import { requireConfirm } from "../actions/confirm.ts";
import { type FoundContainer, findContainer } from "../containers/find-container.ts";
import { isShoalContainer } from "../containers/rows.ts";
import { findNetwork, forget } from "./find-network.ts";
import type { NetworkContext } from "./network-list.ts";

/** Connects a container that belongs to no service. Throws conflict where it cannot be, with why. */
export async function connectContainer(
  ctx: NetworkContext,
  ref: NetworkRef,
  input: NetworkConnect,
): Promise<void> {
  const { row, container } = await both(ctx, ref, input);
  const { name } = row;
  if (row.nodeId === null && !row.attachable) {
    throw new AppError("conflict", t("networks.error.notAttachable", { name }));
  }
  if (isOn(row, container)) {
    throw new AppError("already_done", t("networks.error.already", { container: container.name, name }));
  }
  const subnets = row.subnets.map((subnet) => parseCidr(subnet));
  for (const text of [input.ipv4, input.ipv6]) {
    const address = text === undefined ? null : addressOf(text);
    if (text !== undefined && !(address && subnets.some((subnet) => subnet && holds(subnet, address)))) {
      throw new AppError("invalid_input", t("networks.error.address", { text, name }));
    }
  }
  const { ipv4, ipv6, aliases } = input;
  await send(ctx, row, container, "connect", {
    EndpointConfig: {
      ...((ipv4 !== undefined || ipv6 !== undefined) && {
        IPAMConfig: {
          ...(ipv4 !== undefined && { IPv4Address: ipv4 }),
          ...(ipv6 !== undefined && { IPv6Address: ipv6 }),
        },
      }),
      ...(aliases !== undefined && aliases.length > 0 && { Aliases: aliases }),
    },
  });
}

/** Disconnects one. Shoal's own and its agents only with `confirm`. */
export async function disconnectContainer(
  ctx: NetworkContext,
  ref: NetworkRef,
  input: NetworkDisconnect,
): Promise<void> {
  const { row, container } = await both(ctx, ref, input);
  const params = { container: container.name, name: row.name };
  if (!isOn(row, container)) throw new AppError("already_done", t("networks.error.notOn", params));
  const { id, value } = container;
  const own = isShoalContainer(
    { Id: id, ImageID: value.Image ?? "", Labels: value.Config?.Labels ?? null },
    ctx.actions.self(),
  );
  const warning = t("networks.self.disconnect", { container: container.name, network: row.name });
  requireConfirm(own ? warning : null, container.name, input.confirm);
  await send(ctx, row, container, "disconnect", {});
}

async function both(
  ctx: NetworkContext,
  ref: NetworkRef,
  { container: wanted, node }: Pick<NetworkConnect, "container" | "node">,
): Promise<{ readonly row: NetworkRow; readonly container: FoundContainer }> {
  const { row } = await findNetwork(ctx, ref);
  const at = node ?? row.nodeId ?? undefined;
  const container = await findContainer(
    { table: ctx.containers, engines: ctx.engines },
    { ref: wanted, node: at },
  );
  const { name } = container;
  const labels = container.value.Config?.Labels ?? {};
  const service = labels["com.docker.swarm.service.name"] ?? labels["com.docker.swarm.service.id"];
  if (service !== undefined) {
    throw new AppError("conflict", t("networks.error.serviceContainer", { container: name, service }));
  }
  if (row.nodeId !== null && row.nodeId !== container.node.id) {
    const params = { container: name, node: container.node.name, name: row.name, own: row.nodeName ?? "" };
    throw new AppError("conflict", t("networks.error.otherNode", params));
  }
  if (row.isConfigOnly || ["host", "null"].includes(row.driver)) {
    throw new AppError("conflict", t("networks.error.noJoin", { name: row.name }));
  }
  return { row, container };
}

function isOn({ id, name }: NetworkRow, { value }: FoundContainer): boolean {
  const networks = Object.entries(value.NetworkSettings?.Networks ?? {});
  return networks.some(([known, end]) => (end?.NetworkID ? end.NetworkID === id : known === name));
}

async function send(
  ctx: NetworkContext,
  row: NetworkRow,
  { node, id }: FoundContainer,
  verb: "connect" | "disconnect",
  more: object,
): Promise<void> {
  try {
    // On a worker the engine may not have the swarm's network yet, and finds it by its id all the same.
    await node.engine.send("POST", `/networks/${encodeURIComponent(row.id)}/${verb}`, {
      body: { Container: id, ...more },
      signal: node.signal,
      timeoutMs: 60_000,
    });
  } finally {
    forget(ctx);
  }
}
