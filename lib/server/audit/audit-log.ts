import type { Logger } from "pino";
import type { AuditRow, AuditTable } from "#lib/server/db/audit.ts";
import { redact, redactText } from "#lib/server/log/redact.ts";
import type { AuditEntry, AuditLog } from "#lib/server/runtime-types.ts";

/** How much the audit table keeps. Refusals and failures have their own share, so that they push nothing out. */
export interface AuditLimits {
  readonly ok: number;
  readonly denied: number;
  readonly failed: number;
  readonly days: number;
}

const defaultLimits: AuditLimits = { ok: 70_000, denied: 10_000, failed: 20_000, days: 400 };
const trimEvery = 500;
const longestFacts = 4_000;
const longestText = 300;
const dayMs = 86_400_000;

/**
 * The audit log on its table. `write` never throws: what cannot be written is logged as an error instead,
 * and the action's own answer stays what it is.
 */
export function createAuditLog(
  table: AuditTable,
  log: Logger,
  options: { readonly limits?: AuditLimits; readonly now?: () => number } = {},
): AuditLog {
  const limits = options.limits ?? defaultLimits;
  const now = options.now ?? Date.now;
  let written = 0;

  function trim(): void {
    table.removeBefore(now() - limits.days * dayMs);
    for (const result of ["ok", "denied", "failed"] as const) table.keepNewest(result, limits[result]);
    table.keepNewest("started", limits.failed);
  }

  function attempt<T>(
    entry: Omit<AuditEntry, "result">,
    result: AuditRow["result"],
    write: () => T,
  ): T | null {
    try {
      return write();
    } catch (error) {
      log.error({ err: error, action: entry.action, result }, "audit row not written");
      return null;
    }
  }

  function insert(entry: Omit<AuditEntry, "result">, result: AuditRow["result"]): number | null {
    return attempt(entry, result, () => {
      const id = table.insert(toRow(entry, result, now()));
      if (written++ % trimEvery === 0) trim();
      return id;
    });
  }

  return {
    write: (entry) => void insert(entry, entry.result),
    begin(entry) {
      const id = insert(entry, "started");
      return (outcome) => {
        const ended = { ...entry, ...outcome };
        attempt(ended, outcome.result, () => {
          if (id === null) table.insert(toRow(ended, outcome.result, now()));
          else table.finish(id, toRow(ended, outcome.result, now()));
        });
      };
    },
  };
}

function toRow(entry: Omit<AuditEntry, "result">, result: AuditRow["result"], at: number): AuditRow {
  return {
    at,
    action: entry.action,
    userId: entry.caller?.userId ?? null,
    userName: entry.caller?.name ?? null,
    role: entry.caller?.role ?? null,
    via: entry.caller?.via ?? null,
    address: entry.address,
    cluster: entry.cluster,
    object: redactText(entry.object).slice(0, longestText),
    result,
    facts: entry.facts === undefined ? null : factsText(entry.facts),
  };
}

/** Callers leave secrets out; this is for the day one forgets. */
function factsText(facts: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(withoutKeys(redact(facts)));
  return text.length <= longestFacts ? text : JSON.stringify({ tooLong: text.length });
}

const keyName = /^key$|[_-]key$|[a-z]Key$|^KEY$|_KEY$|(api|private|unlock|join)key$/;

/** Hides fields named like keys as well, which in the server's log are mostly harmless (cache keys, sort keys). */
function withoutKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      keyName.test(name) ? "[hidden]" : withoutKeys(entry),
    ]),
  );
}
