import { clsx } from "clsx";
import type { ComponentProps } from "react";

const tones = {
  quiet: "bg-surface-3 text-ink-2",
  accent: "bg-accent-soft text-accent",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  outline: "border border-line-2 text-ink-2",
} as const;

/** A word about a thing: a label, a role, "drained". Long text is cut, whole on hover. */
export function Tag({
  tone = "quiet",
  className,
  ...props
}: ComponentProps<"span"> & { tone?: keyof typeof tones }) {
  return (
    <span
      data-slot="tag"
      className={clsx(
        "inline-flex h-[18px] max-w-60 items-center gap-[5px] truncate rounded-1 px-1.5 text-11 leading-[18px] font-medium",
        tones[tone],
        className,
      )}
      {...props}
    />
  );
}

const chipTones = {
  quiet: "bg-surface-3",
  move: "bg-accent-soft",
  warn: "bg-warn-soft",
  bad: "bg-bad-soft",
} as const;

/** A sentence fragment that filters the view when pressed (the map's top line, "3 changes, show"). */
export function Chip({
  tone = "quiet",
  className,
  ...props
}: ComponentProps<"button"> & { tone?: keyof typeof chipTones }) {
  return (
    <button
      data-slot="chip"
      type="button"
      className={clsx(
        "inline-flex h-7 shrink-0 items-center gap-[7px] rounded-2 px-2.5 text-12 whitespace-nowrap text-ink-2 hover:brightness-[.98] aria-pressed:ring-2 aria-pressed:ring-focus touch:h-9",
        chipTones[tone],
        className,
      )}
      {...props}
    />
  );
}
