import { amountOf, labelsOf, nanosToMs, textsOf } from "#lib/server/docker/hostile.ts";
import type { SpecField, SpecGroup } from "#lib/shared/api/types.ts";
import { formatBytes, formatDuration } from "#lib/shared/format.ts";
import { type MessageKey, t } from "#lib/shared/i18n/translate.ts";

/** Parts that specifications of services and of containers are told with. */

type Value = string | readonly string[] | null | undefined;

/** A field, or nothing where there is nothing to say. */
export function field(label: MessageKey, value: Value, masked = false): readonly SpecField[] {
  if (value === null || value === undefined || value.length === 0) return [];
  return [{ label: t(label), value, ...(masked && { masked }) }];
}

/** The groups that have something to say. */
export function groupsOf(
  groups: readonly (readonly [MessageKey, readonly SpecField[]])[],
): readonly SpecGroup[] {
  return groups.flatMap(([title, fields]) => (fields.length > 0 ? [{ title: t(title), fields }] : []));
}

/** Names of the variables; a value never leaves this function. */
export function envNames(env: readonly string[] | null | undefined): readonly string[] {
  return textsOf(env).map((line) => line.split("=", 1)[0] ?? "");
}

/** A command as one would type it. */
export function commandLine(words: readonly string[] | null | undefined): string {
  return textsOf(words, 4096)
    .map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(" ");
}

/** `key=value`, or the key alone. */
export function pairs(labels: unknown): readonly string[] {
  return Object.entries(labelsOf(labels)).map(([key, value]) => (value === "" ? key : `${key}=${value}`));
}

/** Docker's nanoseconds; null: nothing set. */
export function duration(nanos: unknown): string | null {
  const ms = nanosToMs(nanos);
  if (ms === 0) return null;
  return ms < 1000 ? t("actions.spec.milliseconds", { n: ms }) : formatDuration(ms);
}

/** A size; null: nothing set. */
export function bytes(value: unknown): string | null {
  return amountOf(value) > 0 ? formatBytes(amountOf(value)) : null;
}

/** A number; null: nothing set, or 0 where that means the same. */
export function count(value: unknown, showZero = false): string | null {
  if (typeof value !== "number") return null;
  return value > 0 || showZero ? String(amountOf(value)) : null;
}

/** Only what is on is told. */
export function yes(value: unknown): string | null {
  return value === true ? t("actions.spec.yes") : null;
}
