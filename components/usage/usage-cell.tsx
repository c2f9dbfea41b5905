"use client";

import "#lib/shared/i18n/pages/usage.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { newestOf, valuesOf } from "#lib/shared/usage/usage-state.ts";
import { formatUse, niceMost } from "./format-use.ts";
import { Sparkline } from "./sparkline.tsx";
import { useUsage } from "./use-usage.ts";

const stepMs = 30_000;

export interface UsageCellProps {
  /** The table that the row is of: all its cells share one subscription. */
  of: "nodes" | "services" | "stacks" | "containers";
  /** Id of the row's node, service or container, or the name of its stack. */
  id: string;
}

/** For tables: CPU of the last quarter of an hour as a line, and CPU and memory now. */
export function UsageCell({ of, id }: UsageCellProps) {
  const state = useUsage({ kind: of });
  if (!state.isLoaded) return null;
  const cpus = valuesOf(state, stepMs, id, "cpu");
  const cpu = newestOf(cpus, 2);
  const memory = newestOf(valuesOf(state, stepMs, id, "memory"), 2);
  const silent = state.silent.find((node) => node.id === id);
  if (cpu === null && memory === null) {
    return (
      <span className="text-ink-3" title={silent ? t("usage.silentOne", { why: silent.why }) : undefined}>
        {t("usage.unknown")}
      </span>
    );
  }
  const words = [
    cpu === null ? null : formatUse("cpu", cpu),
    memory === null ? null : formatUse("memory", memory),
  ];
  return (
    <span
      data-slot="usage-cell"
      className="flex min-w-0 items-center gap-2"
      title={words.filter(Boolean).join(", ")}
    >
      <Sparkline
        values={cpus}
        most={niceMost("cpu", Math.max(...cpus.map((value) => value ?? 0)))}
        width={48}
      />
      <span className="min-w-0 truncate text-12 leading-[14px]">
        {cpu !== null && <span className="block truncate">{formatUse("cpu", cpu)}</span>}
        {memory !== null && <span className="block truncate text-ink-3">{formatUse("memory", memory)}</span>}
      </span>
    </span>
  );
}
