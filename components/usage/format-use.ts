import "#lib/shared/i18n/pages/usage.ts";
import { formatBytes, formatPercent } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { UsageMetric } from "#lib/shared/usage/metrics.ts";

const traffic: ReadonlySet<UsageMetric> = new Set(["rx", "tx", "read", "write"]);

/** CPUs in use: two decimals below ten, "0 CPU" only for nothing at all. */
function formatCpus(cpus: number): string {
  const rounded = cpus >= 10 ? Math.round(cpus * 10) / 10 : Math.round(cpus * 100) / 100;
  return t("format.cpu", { n: rounded === 0 && cpus > 0 ? "< 0.01" : rounded });
}

/** A value of a metric with its unit. */
export function formatUse(metric: UsageMetric, value: number): string {
  if (metric === "cpu") return formatCpus(value);
  if (metric === "load") return String(Math.round(value * 100) / 100);
  const bytes = formatBytes(value);
  return traffic.has(metric) ? t("usage.perSecond", { bytes }) : bytes;
}

/** "0.25 CPU of 2 (13 %)". */
export function formatShare(metric: UsageMetric, value: number, total: number): string {
  const share = formatPercent(total > 0 ? value / total : 0);
  return t("usage.share", { value: formatUse(metric, value), total: formatUse(metric, total), share });
}

/** The least number that reads well on an axis and is not below `value`: 1, 2 or 5 times a power of ten or of two. */
export function niceMost(metric: UsageMetric, value: number): number {
  if (metric === "cpu" || metric === "load") {
    const least = metric === "cpu" ? 0.1 : 1;
    return niceBelow(Math.max(value, least), 10, [1, 2, 5, 10]);
  }
  return niceBelow(Math.max(value, 1_024), 1_024, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024]);
}

function niceBelow(value: number, base: number, steps: readonly number[]): number {
  const unit = base ** Math.floor(Math.log(value) / Math.log(base) + 1e-9);
  return (steps.find((step) => step * unit >= value * 0.999) ?? base) * unit;
}
