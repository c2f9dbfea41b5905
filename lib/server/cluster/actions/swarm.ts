import { amountOf, textOf, textsOf, timeOf } from "#lib/server/docker/hostile.ts";
import type { WireInfo } from "#lib/server/docker/wire.ts";
import type { Caller, SwarmPatch } from "#lib/server/runtime-types.ts";
import type { JoinTokens, SwarmSettings } from "#lib/shared/api/types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { changeSpec, type FieldEdit } from "./change-spec.ts";
import { requireConfirm } from "./confirm.ts";
import type { ActionContext } from "./context.ts";
import { patiently } from "./patience.ts";
import { isOnlyLinkedManager } from "./self.ts";

const nanosPerHour = 3_600_000_000_000;

/** The parts of GET /swarm we read. JoinTokens are secrets: they leave this module only as join commands. */
interface WireSwarm {
  readonly ID?: string;
  readonly CreatedAt?: string;
  readonly Spec?: {
    readonly Orchestration?: { readonly TaskHistoryRetentionLimit?: number };
    readonly Raft?: { readonly SnapshotInterval?: number };
    readonly Dispatcher?: { readonly HeartbeatPeriod?: number };
    readonly CAConfig?: { readonly NodeCertExpiry?: number };
    readonly EncryptionConfig?: { readonly AutoLockManagers?: boolean };
  };
  readonly RootRotationInProgress?: boolean;
  readonly DefaultAddrPool?: readonly string[] | null;
  readonly DataPathPort?: number;
  readonly JoinTokens?: { readonly Worker?: string; readonly Manager?: string };
}

/** The swarm's settings in plain units. */
export async function swarmSettings(ctx: ActionContext): Promise<SwarmSettings> {
  const swarm = await readSwarm(ctx);
  const spec = swarm.Spec ?? {};
  return {
    id: textOf(swarm.ID),
    createdAt: timeOf(swarm.CreatedAt),
    autolock: spec.EncryptionConfig?.AutoLockManagers === true,
    taskHistoryLimit: amountOf(spec.Orchestration?.TaskHistoryRetentionLimit),
    nodeCertExpiryHours: Math.round(amountOf(spec.CAConfig?.NodeCertExpiry) / nanosPerHour),
    heartbeatSeconds: amountOf(spec.Dispatcher?.HeartbeatPeriod) / 1e9,
    snapshotInterval: amountOf(spec.Raft?.SnapshotInterval),
    rootRotationInProgress: swarm.RootRotationInProgress === true,
    defaultAddressPools: textsOf(swarm.DefaultAddrPool),
    dataPathPort: amountOf(swarm.DataPathPort) || null,
  };
}

/** Changes the given settings and answers all of them. */
export async function patchSwarm(
  ctx: ActionContext,
  caller: Caller,
  input: SwarmPatch,
): Promise<SwarmSettings> {
  const edits: FieldEdit[] = [];
  if (input.autolock !== undefined) {
    const value = String(input.autolock);
    edits.push({
      path: ["EncryptionConfig", "AutoLockManagers"],
      label: t("actions.field.autolock"),
      next: () => value,
    });
  }
  if (input.taskHistoryLimit !== undefined) {
    const value = String(input.taskHistoryLimit);
    edits.push({
      path: ["Orchestration", "TaskHistoryRetentionLimit"],
      label: t("actions.field.taskHistoryLimit"),
      next: () => value,
    });
  }
  if (input.nodeCertExpiryHours !== undefined) {
    const value = String(BigInt(input.nodeCertExpiryHours) * BigInt(nanosPerHour));
    edits.push({
      path: ["CAConfig", "NodeCertExpiry"],
      label: t("actions.field.nodeCertExpiry"),
      next: () => value,
    });
  }
  if (edits.length > 0) await changeSpec(ctx, caller, await swarmTarget(ctx, "swarm.update"), edits);
  return await swarmSettings(ctx);
}

/** Whole commands for new nodes. They carry secrets: shown on demand, audited. */
export async function joinTokens(ctx: ActionContext): Promise<JoinTokens> {
  const swarm = await readSwarm(ctx);
  const address = joinAddress(ctx);
  const command = (token: unknown): string => `docker swarm join --token ${textOf(token)} ${address}`;
  return { worker: command(swarm.JoinTokens?.Worker), manager: command(swarm.JoinTokens?.Manager) };
}

/** The key that unlocks restarted managers. Throws not_found while autolock is off. */
export async function unlockKey(ctx: ActionContext): Promise<string> {
  const answer = await patiently(ctx, () => ctx.manager().get<{ UnlockKey?: string }>("/swarm/unlockkey"));
  const key = textOf(answer.UnlockKey);
  if (key === "") throw new AppError("not_found", t("swarm.autolockOff"));
  return key;
}

export type RotateTarget = "worker" | "manager" | "unlock-key" | "ca";

const rotateQuery = {
  worker: "rotateWorkerToken",
  manager: "rotateManagerToken",
  "unlock-key": "rotateManagerUnlockKey",
} as const;

/**
 * Makes a token, the unlock key or the CA invalid and new ones in their place. Not repeated when its fate is unknown:
 * rotating twice would invalidate what was just handed out.
 */
export async function rotate(ctx: ActionContext, caller: Caller, target: RotateTarget): Promise<void> {
  if (target === "ca") {
    const edit: FieldEdit = {
      path: ["CAConfig", "ForceRotate"],
      label: t("actions.field.forceRotate"),
      next: (before) => String(BigInt(before ?? "0") + 1n),
    };
    await changeSpec(ctx, caller, await swarmTarget(ctx, "swarm.rotate"), [edit]);
    return;
  }
  const engine = ctx.manager();
  const swarm = await engine.get<{ Version?: { Index?: number }; Spec?: object }>("/swarm");
  if (target === "unlock-key" && !(await swarmSettings(ctx)).autolock) {
    throw new AppError("refused_by_engine", t("swarm.autolockOff"));
  }
  await engine.send("POST", "/swarm/update", {
    query: { version: swarm.Version?.Index ?? 0, [rotateQuery[target]]: true },
    body: swarm.Spec ?? {},
  });
}

/** Starts a swarm on the server's own engine. */
export async function initSwarm(
  ctx: ActionContext,
  input: { readonly advertiseAddr: string; readonly listenAddr?: string },
): Promise<void> {
  await ctx.ownEngine().send("POST", "/swarm/init", {
    body: { AdvertiseAddr: input.advertiseAddr, ListenAddr: input.listenAddr ?? "0.0.0.0:2377" },
    timeoutMs: 60_000,
  });
  ctx.changed({ nodes: true });
}

/** Unlocks the server's own engine, a restarted manager of an autolocked swarm. */
export async function unlockSwarm(ctx: ActionContext, key: string): Promise<void> {
  await ctx.ownEngine().send("POST", "/swarm/unlock", { body: { UnlockKey: key } });
  ctx.changed({ nodes: true });
}

/** Makes the server's own engine leave its swarm. Where that ends this page or the swarm, the node's name confirms it. */
export async function leaveSwarm(
  ctx: ActionContext,
  input: { readonly force?: boolean; readonly confirm?: string },
): Promise<void> {
  const engine = ctx.ownEngine();
  const info = await engine.get<WireInfo>("/info");
  if (!info.Swarm?.LocalNodeState || info.Swarm.LocalNodeState === "inactive") {
    throw new AppError("not_in_swarm", t("swarm.notInSwarm"));
  }
  const { sentence, name } = leaveWarning(ctx, info);
  if (info.Swarm.ControlAvailable === true && input.force !== true) {
    throw new AppError("refused_by_engine", t("swarm.leaveManager", { name }));
  }
  requireConfirm(sentence, name, input.confirm);
  await engine.send("POST", "/swarm/leave", { query: { force: input.force === true }, timeoutMs: 60_000 });
  ctx.changed({ nodes: true });
}

function leaveWarning(ctx: ActionContext, info: WireInfo): { sentence: string | null; name: string } {
  const { nodes } = ctx.model();
  const nodeId = info.Swarm?.NodeID ?? "";
  const node = nodes[nodeId];
  const name = node?.name ?? textOf(info.Name);
  const self = ctx.self();
  if (self?.serviceId != null && self.nodeId === nodeId) {
    return { sentence: t("swarm.leaveSelf", { name }), name };
  }
  const managers = Object.values(nodes).filter((each) => each.role === "manager");
  if (node?.role === "manager" && managers.length === 1) {
    return { sentence: t("swarm.leaveErases", { name }), name };
  }
  const blind = node?.role === "manager" && isOnlyLinkedManager(ctx.model(), node);
  return { sentence: blind ? t("swarm.leaveBlind", { name }) : null, name };
}

function readSwarm(ctx: ActionContext): Promise<WireSwarm> {
  return patiently(ctx, () => ctx.manager().get<WireSwarm>("/swarm"));
}

async function swarmTarget(ctx: ActionContext, action: string) {
  const id = textOf((await readSwarm(ctx)).ID);
  return { kind: "swarm" as const, id, name: "swarm", path: "/swarm", action };
}

/** Where new nodes reach the swarm: the leader, else any manager that is reachable. */
function joinAddress(ctx: ActionContext): string {
  const managers = Object.values(ctx.model().nodes).filter((node) => node.managerAddress !== null);
  const best =
    managers.find((node) => node.leader) ?? managers.find((node) => node.reachability === "reachable");
  return best?.managerAddress ?? ctx.manager().facts?.swarm.remoteManagers[0] ?? "";
}
