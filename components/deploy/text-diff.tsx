import { DiffView } from "#components/revisions/diff-view.tsx";
import { lineDiff, withContext } from "#lib/shared/line-diff.ts";

/** Two texts line by line; loaded when somebody looks. */
export function TextDiff({ label, before, after }: { label: string; before: string; after: string }) {
  return <DiffView label={label} parts={withContext(lineDiff(before, after))} />;
}
