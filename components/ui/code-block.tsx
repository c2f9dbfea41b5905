import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { CopyButton } from "./copy-button.tsx";

export interface CodeBlockProps extends Omit<ComponentProps<"figure">, "children"> {
  code: string;
  /** Parts of the code to point at: the exact flag to add. */
  highlight?: readonly string[];
  /** One short line: the copy button is an icon. */
  line?: boolean;
  /** What the code is, for screen readers. */
  label?: string;
}

interface Part {
  at: number;
  text: string;
  marked: boolean;
}

/** Splits the code at the first place of every highlight; overlapping highlights: the earlier wins. */
function split(code: string, highlight: readonly string[]): Part[] {
  const spots = highlight
    .map((text) => ({ at: code.indexOf(text), text }))
    .filter((spot) => spot.at >= 0 && spot.text.length > 0)
    .sort((a, b) => a.at - b.at);
  const parts: Part[] = [];
  let from = 0;
  for (const { at, text } of spots) {
    if (at < from) continue;
    parts.push({ at: from, text: code.slice(from, at), marked: false }, { at, text, marked: true });
    from = at + text.length;
  }
  parts.push({ at: from, text: code.slice(from), marked: false });
  return parts;
}

/** Commands and files, copyable, scrolling sideways by themselves. */
export function CodeBlock({
  code,
  highlight = [],
  line = false,
  label,
  className,
  ...props
}: CodeBlockProps) {
  return (
    <figure
      data-slot="code-block"
      aria-label={label}
      className={clsx("relative min-w-0", className)}
      {...props}
    >
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className={clsx(
          "overflow-x-auto rounded-2 border border-line bg-surface-2 font-mono text-12",
          line ? "py-2 pr-10 pl-3 leading-[18px]" : "px-3.5 py-[11px] leading-[19px] sm:pr-24",
        )}
      >
        <code>
          {split(code, highlight).map((part) =>
            part.marked ? (
              <mark
                key={part.at}
                className="rounded-[3px] bg-[color-mix(in_oklab,var(--accent)_16%,transparent)] px-0.5 py-px text-inherit shadow-[0_0_0_1px_var(--accent-line)]"
              >
                {part.text}
              </mark>
            ) : (
              part.text
            ),
          )}
        </code>
      </pre>
      <CopyButton
        text={code}
        iconOnly={line}
        className={clsx(
          line
            ? "absolute top-1/2 right-1 -translate-y-1/2"
            : "max-sm:mt-2 sm:absolute sm:top-1.5 sm:right-1.5",
        )}
      />
    </figure>
  );
}
