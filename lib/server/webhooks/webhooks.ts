import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createSlowdown } from "#lib/server/auth/slowdown.ts";
import type { WebhookRow, WebhooksTable } from "#lib/server/db/webhooks.ts";
import type { Caller, Cluster, ClusterRegistry, WebhookService } from "#lib/server/runtime-types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { WebhookItem, WebhookKind } from "#lib/shared/webhooks/types.ts";

export interface WebhooksOptions {
  readonly table: WebhooksTable;
  /** Mixed into the hashes of secrets. */
  readonly pepper: string;
  readonly clusters: Pick<ClusterRegistry, "get">;
  readonly now: () => number;
}

/** More webhooks of one cluster than this nobody has made on purpose. */
const most = 500;
/** A webhook may be called this often before it has to wait, as after a push to many branches. */
const calls = { free: 10, firstMs: 6_000, mostMs: 60_000, forgetMs: 60_000 };
/** Guessing: secrets of 190 bits are not found anyway, but nobody shall try as often as they like. */
const guesses = { free: 10, firstMs: 1_000, mostMs: 60_000, forgetMs: 3_600_000 };

/**
 * Inbound webhooks: `shoalhook_<id>_<secret>` lets whoever has it deploy one thing again, and nothing else. Only a keyed
 * hash (HMAC-SHA-256) of the secret is kept.
 */
export function createWebhooks({ table, pepper, clusters, now }: WebhooksOptions): WebhookService {
  const hash = (secret: string) => createHmac("sha256", pepper).update(`webhook ${secret}`).digest("hex");
  const called = createSlowdown(calls, now);
  const guessed = createSlowdown(guesses, now);

  /** Throws unauthenticated, and slow_down for addresses that guess. */
  function verify(token: string, address: string): WebhookRow {
    wait(guessed.waitMs(address));
    const [, id, secret] = /^shoalhook_([0-9a-f]{12})_([A-Za-z0-9]{32})$/.exec(token) ?? [];
    const row = id === undefined ? null : table.byId(id);
    const isRight =
      row !== null &&
      secret !== undefined &&
      timingSafeEqual(Buffer.from(row.secretHash), Buffer.from(hash(secret)));
    if (isRight) return row;
    guessed.fail(address);
    throw new AppError("unauthenticated", t("webhooks.error.unknown"));
  }

  /** What a new webhook is for. Throws not_found. */
  async function target(cluster: string, { kind, object }: { kind: WebhookKind; object: string }) {
    if (kind === "service") {
      const { service } = await clusters.get(cluster).serviceDetail(object);
      return { object: service.id, objectName: service.name };
    }
    // Without files there is nothing to deploy again.
    newestFiles(clusters.get(cluster), object);
    return { object, objectName: object };
  }

  return {
    list: (cluster, { kind, object }) =>
      table
        .list(cluster)
        .filter((row) => (kind ?? row.kind) === row.kind && (object ?? row.object) === row.object)
        .map(item),

    async create(caller, cluster, input) {
      const { object, objectName } = await target(cluster, input);
      if (table.list(cluster).length >= most)
        throw new AppError("conflict", t("webhooks.error.tooMany", { most }));
      const id = randomBytes(6).toString("hex");
      const secret = randomBytes(24).toString("base64url").replace(/[-_]/g, "x");
      table.insert({
        id,
        cluster,
        kind: input.kind,
        object,
        objectName,
        name: input.name,
        secretHash: hash(secret),
        createdAt: now(),
        createdBy: caller.name,
      });
      return { item: item(table.byId(id) as WebhookRow), token: `shoalhook_${id}_${secret}` };
    },

    remove(cluster, id) {
      const row = table.byId(id);
      if (!table.remove(id, cluster)) throw new AppError("not_found", t("webhooks.error.gone"));
      return item(row as WebhookRow);
    },

    async call(token, address, { tag }, began) {
      const row = verify(token, address);
      const caller = callerOf(row, address);
      began(caller, row.cluster, `${row.kind} ${row.objectName}`);
      wait(called.waitMs(row.id));
      called.fail(row.id);
      try {
        const cluster = clusters.get(row.cluster);
        const deploy = row.kind === "stack" ? deployAgain : redeploy;
        const begun = await deploy(cluster, caller, row, tag);
        table.used(row.id, now(), null);
        return begun;
      } catch (error) {
        table.used(row.id, now(), isAppError(error) ? error.message.slice(0, 500) : "internal");
        throw error;
      }
    },
  };
}

async function redeploy(cluster: Cluster, caller: Caller, row: WebhookRow, tag: string | undefined) {
  const { operation, warnings } = await cluster.redeployService(caller, row.object, {
    tag,
    confirm: row.objectName,
  });
  return { name: row.objectName, operation: operation ?? null, version: null, warnings };
}

/** The newest files once more: tags are asked for anew, and services whose image moved are updated. */
async function deployAgain(cluster: Cluster, caller: Caller, row: WebhookRow, tag: string | undefined) {
  const { files, env, version } = newestFiles(cluster, row.object);
  const { id } = await cluster.deploys.deploy(caller, row.object, {
    files: [...files],
    // The last line that names a variable counts.
    env: tag === undefined ? env : `${env}${env === "" || env.endsWith("\n") ? "" : "\n"}TAG=${tag}\n`,
    prune: false,
    resolveImage: "always",
    message: caller.name,
    confirm: row.objectName,
    ...(tag === undefined && { fromVersion: version }),
  });
  return { name: row.objectName, operation: null, version: id, warnings: [] };
}

function newestFiles(cluster: Cluster, stack: string) {
  const { files, env, version } = cluster.deploys.files(stack, null);
  if (version === null) throw new AppError("not_found", t("webhooks.error.noFiles", { stack }));
  return { files, env, version };
}

function wait(ms: number): void {
  if (ms <= 0) return;
  const seconds = Math.ceil(ms / 1000);
  throw new AppError("slow_down", t("webhooks.error.slowDown", { seconds }), {
    details: { retryAfterSeconds: seconds },
  });
}

/** A webhook acts as an operator of its cluster; what it may do is only what `call` does. */
function callerOf({ id, cluster, name }: WebhookRow, address: string): Caller {
  return {
    userId: `webhook:${id}`,
    name: t("webhooks.caller", { name }),
    role: "operator",
    access: { role: "none", clusters: { [cluster]: "operator" } },
    via: "webhook",
    credentialId: `webhook:${id}`,
    address,
  };
}

function item({ secretHash: _, cluster: __, ...rest }: WebhookRow): WebhookItem {
  return rest;
}
