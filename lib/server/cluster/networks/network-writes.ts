import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { driverFacts, fieldOptions } from "#lib/shared/networks/drivers.ts";
import { planProblems, planWarnings } from "#lib/shared/networks/plan.ts";
import type { NetworkCreate } from "#lib/shared/networks/schemas.ts";
import type { NetworkRef, NetworkRow, RemovedNetwork } from "#lib/shared/networks/types.ts";
import { type FoundNetwork, findNetwork, forget, inPicture } from "./find-network.ts";
import { type NetworkContext, readPicture, settingsUsers } from "./network-list.ts";

/** The manager that was asked for a new network may know it a moment before the one that is asked next. */
const looks = { times: 5, pauseMs: 200 };

/** Makes an overlay through a manager, or another one on its node. Throws invalid_input with `fields`, conflict. */
export async function createNetwork(
  ctx: NetworkContext,
  input: NetworkCreate,
): Promise<WriteAnswer<NetworkRow>> {
  refuseBadPlan(input);
  const { isSwarm } = driverFacts[input.driver];
  if (isSwarm && ctx.model().info.phase === "not_swarm") {
    throw new AppError("not_in_swarm", t("networks.error.noSwarm"));
  }
  const node = isSwarm ? null : ctx.engines.get(input.node ?? "");
  forget(ctx);
  const { items } = await readPicture(ctx);
  const { name } = input;
  // Engines let two networks of a node have the same name, and then mean either.
  const same = items.find((row) => row.name === name && (row.nodeId === null || row.nodeId === node?.id));
  if (same?.nodeId === null) throw new AppError("conflict", t("networks.error.exists", { name }));
  if (same) throw new AppError("conflict", t("networks.error.existsOn", { name, node: node?.name ?? "" }));
  const known = { networks: items, nodes: Object.values(ctx.model().nodes) };
  const warnings = planWarnings(node ? { ...input, node: node.id } : input, known).map((each) =>
    say(t, each),
  );
  const answer = await (node?.engine ?? ctx.actions.manager()).send("POST", "/networks/create", {
    body: engineBody(input),
    ...(node && { signal: node.signal }),
  });
  const { Id, Warning } = JSON.parse(answer) as { Id: string; Warning?: string };
  if (Warning) warnings.push(Warning);
  return { item: await appeared(ctx, Id, node?.id), warnings };
}

function refuseBadPlan(input: NetworkCreate): void {
  const problems = planProblems(input);
  if (problems.length === 0) return;
  const fields = Object.fromEntries(problems.map(({ field, phrase }) => [field, say(t, phrase)]));
  const told = Object.entries(fields).map(([field, text]) => `${field}: ${text}`);
  throw new AppError("invalid_input", t("networks.error.plan", { problems: told.join(" ") }), {
    details: { fields },
  });
}

/** The same choices in Docker's words. */
function engineBody(input: NetworkCreate) {
  const { name, driver, subnets = [], attachable, internal, ipv6, options, labels } = input;
  return {
    Name: name,
    Driver: driver,
    CheckDuplicate: true,
    Attachable: attachable === true,
    Internal: internal === true,
    EnableIPv6: ipv6 === true,
    IPAM: {
      Driver: "default",
      Config: subnets.map(({ subnet, gateway, range }) => ({
        Subnet: subnet,
        ...(gateway !== undefined && { Gateway: gateway }),
        ...(range !== undefined && { IPRange: range }),
      })),
    },
    Options: { ...options, ...fieldOptions(input) },
    Labels: labels ?? {},
  };
}

async function appeared(
  ctx: NetworkContext,
  id: string,
  node: string | undefined,
): Promise<NetworkRow | null> {
  let row: NetworkRow | null = null;
  for (let look = 0; look < looks.times; look += 1) {
    forget(ctx);
    try {
      row = (await findNetwork(ctx, { ref: id, node })).row;
      // A swarm gives its networks their addresses a moment after they were made.
      if (node !== undefined || row.subnets.length > 0) return row;
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
    await ctx.actions.sleep(looks.pauseMs);
  }
  // It is made; that it cannot be read now is no failure of the making.
  return row;
}

/** Removes a network that nobody uses: at its node, or one of the swarm at a manager. Throws conflict with who uses it. */
export async function removeNetwork(ctx: NetworkContext, ref: NetworkRef): Promise<void> {
  forget(ctx);
  await removeFound(ctx, await findNetwork(ctx, ref));
}

async function removeFound(ctx: NetworkContext, found: FoundNetwork): Promise<void> {
  const { row } = found;
  const why = whyItStays(found);
  if (why !== null) throw new AppError("conflict", why);
  const node = row.nodeId === null ? null : ctx.engines.get(row.nodeId);
  try {
    await (node?.engine ?? ctx.actions.manager()).send("DELETE", `/networks/${encodeURIComponent(row.id)}`, {
      ...(node && { signal: node.signal }),
    });
  } finally {
    forget(ctx);
  }
}

/** The reason as a sentence; null: nothing is known that holds it. */
function whyItStays({ row, told, picture }: FoundNetwork): string | null {
  const { name } = row;
  if (row.isPredefined) return t("networks.error.predefined", { name });
  if (row.usedBy.length > 0) {
    return t("networks.error.services", { name, services: row.usedBy.map((each) => each.name).join(", ") });
  }
  if (row.containers.length > 0) {
    const containers = row.containers.map((each) => each.name).join(", ");
    return t("networks.error.containers", { name, containers });
  }
  const nearby = picture.items.filter(({ nodeId }) => nodeId === null || nodeId === row.nodeId);
  const networks = settingsUsers(told, nearby);
  return networks.length > 0 ? t("networks.error.settings", { name, networks: networks.join(", ") }) : null;
}

/** Each only if nobody uses it now: between the preview and this somebody may have begun to. */
export async function removeUnused(
  ctx: NetworkContext,
  refs: readonly { readonly id: string; readonly node?: string | undefined }[],
): Promise<readonly RemovedNetwork[]> {
  forget(ctx);
  const picture = await readPicture(ctx);
  const removed: RemovedNetwork[] = [];
  for (const { id, node } of refs) {
    let [name, nodeName, error]: [string, string | null, string | null] = [id, node ?? null, null];
    try {
      const found = inPicture(ctx, picture, { ref: id, node });
      ({ name, nodeName } = found.row);
      if (!found.row.isUnused) throw new AppError("conflict", t("networks.error.usedNow", { name }));
      await removeFound(ctx, found);
    } catch (cause) {
      if (!isAppError(cause)) throw cause;
      // Swarm's own reason says which task holds it.
      error = cause.engineText ?? cause.message;
    }
    removed.push({ id, name, node: nodeName, error });
  }
  return removed;
}
