"use client";

import { useEffect, useState } from "react";
import useSWR from "swr";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { AuditPage } from "#lib/shared/api/people-types.ts";
import { auditApiQuery } from "#lib/shared/audit-query.ts";
import { type KnownAudit, withNewest } from "./known-audit.ts";

/** The log is in Shoal's own database, so that looking again costs the cluster nothing. */
const lookEveryMs = 10_000;
const settleMs = 250;

export interface Audit extends Omit<KnownAudit, "query"> {
  /** Why the newest rows could not be read; null while they can. */
  readonly error: string | null;
  readonly isLoadingOlder: boolean;
  readonly loadOlder: () => void;
  readonly readAgain: () => void;
}

/** The audit log behind a filter (query of the page's address): the newest rows, renewed, and older ones on demand. */
export function useAudit(address: string, initial: AuditPage): Audit {
  const query = useSettled(address);
  const [known, setKnown] = useState<KnownAudit>({ query, ...initial, actions: initial.actions ?? [] });
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  const { data, error, mutate } = useSWR(["/audit", query], () => read(query), {
    refreshInterval: lookEveryMs,
    keepPreviousData: false,
  });
  useEffect(() => {
    if (data) setKnown((before) => withNewest(before, query, data));
  }, [data, query]);

  const loadOlder = async () => {
    if (known.next === null || isLoadingOlder) return;
    setLoadingOlder(true);
    try {
      const page = await read(known.query, known.next);
      setKnown((now) =>
        now.query === known.query ? { ...now, items: [...now.items, ...page.items], next: page.next } : now,
      );
    } catch (cause) {
      toastError(cause instanceof Error ? cause.message : String(cause), { id: "audit" });
    } finally {
      setLoadingOlder(false);
    }
  };
  const { items, next, actions } = known;
  return {
    items,
    next,
    actions,
    error: error instanceof Error ? error.message : null,
    isLoadingOlder,
    loadOlder: () => void loadOlder(),
    readAgain: () => void mutate(),
  };
}

function read(address: string, before?: number): Promise<AuditPage> {
  const query = auditApiQuery(new URLSearchParams(address), Date.now());
  if (before !== undefined) query.set("before", String(before));
  return api.get<AuditPage>(`/audit?${query}`);
}

/** The value once it has stayed the same for a moment: typing does not ask the server letter by letter. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
