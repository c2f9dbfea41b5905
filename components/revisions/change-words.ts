import "#lib/shared/i18n/pages/history.ts";
import type { SpecChange } from "#lib/shared/api/history.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** A difference in one line: "Image lab/web:1 → lab/web:2". */
function changeLine(change: SpecChange): string {
  const { label, before, after, added = [], removed = [], altered = [] } = change;
  if (change.raw) return t("history.change.raw", { path: label });
  if (added.length + removed.length + altered.length > 0) {
    const parts = [
      ...added.map((text) => `+ ${text}`),
      ...removed.map((text) => `− ${text}`),
      ...altered.map((text) => t("history.change.altered", { name: text })),
    ];
    return `${label} ${parts.join(", ")}`;
  }
  if (before === null && after === null) return label;
  if (before === null) return t("history.change.set", { label, after: after ?? "" });
  if (after === null) return t("history.change.unset", { label, before });
  return t("history.change.from", { label, before, after });
}

/** All differences in one line. */
export function changesLine(changes: readonly SpecChange[]): string {
  return changes.length === 0 ? t("history.change.none") : changes.map(changeLine).join("; ");
}
