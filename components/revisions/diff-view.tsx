import "#lib/shared/i18n/pages/history.ts";
import { clsx } from "clsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { DiffLine, DiffPart } from "#lib/shared/line-diff.ts";

/** Two texts line by line: what only the first has, what only the second has, and some of what both have around it. */
export function DiffView({
  parts,
  label = t("history.raw.label"),
}: {
  parts: readonly DiffPart[];
  label?: string;
}) {
  return (
    <figure data-slot="raw-diff" aria-label={label}>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="max-h-[340px] overflow-auto rounded-2 border border-line bg-surface-2 py-2 font-mono text-12 leading-[19px]"
      >
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one difference never move
          <Part key={index} part={part} />
        ))}
      </pre>
    </figure>
  );
}

const signs: Readonly<Record<DiffLine["kind"], string>> = { same: " ", removed: "−", added: "+" };

function Part({ part }: { part: DiffPart }) {
  if ("left" in part)
    return <span className="block px-3 text-ink-3">{t("history.raw.left", { n: part.left })}</span>;
  return part.lines.map((line, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one difference never move
      key={index}
      className={clsx(
        "block px-3",
        line.kind === "added" && "bg-ok-soft",
        line.kind === "removed" && "bg-bad-soft",
      )}
    >
      {signs[line.kind]} {line.text}
    </span>
  ));
}
