import { longestText, textOf } from "#lib/server/docker/hostile.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { FieldEdit } from "./change-spec.ts";

type Labels = Readonly<Record<string, string>>;

/**
 * The edits that turn the labels an editor was opened with into those it was closed with: one for each label that
 * differs, so labels somebody else adds or changes meanwhile stay. `current` are the labels on the engine: a long
 * value that the editor saw shortened counts as unchanged.
 */
export function labelEdits(before: Labels, after: Labels, current: Labels): readonly FieldEdit[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const old = own(before, name);
    const wanted = own(after, name);
    if (old === wanted) return [];
    const now = own(current, name);
    const sawShortened = now !== null && old !== now && textOf(now, longestText) === old;
    return [
      {
        path: ["Labels", name],
        label: t("actions.field.label", { name }),
        expected: json(sawShortened ? now : old),
        next: () => json(wanted),
      },
    ];
  });
}

function own(labels: Labels, name: string): string | null {
  return Object.hasOwn(labels, name) ? (labels[name] ?? null) : null;
}

function json(value: string | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
