"use client";

import { clsx } from "clsx";
import { Slot } from "radix-ui";
import type { ComponentProps, MouseEvent } from "react";
import { Tooltip } from "./tooltip.tsx";

const base =
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-2 border font-medium whitespace-nowrap transition-colors select-none disabled:cursor-default disabled:opacity-45 aria-disabled:cursor-default aria-disabled:opacity-45";

const variants = {
  outline: "border-line-2 bg-surface text-ink shadow-1 not-aria-disabled:hover:bg-surface-2",
  primary: "border-transparent bg-accent text-on-accent shadow-1 not-aria-disabled:hover:bg-accent-hover",
  ghost:
    "border-transparent text-ink-2 not-aria-disabled:hover:bg-surface-3 not-aria-disabled:hover:text-ink",
  danger: "border-line-2 bg-surface text-bad shadow-1 not-aria-disabled:hover:bg-bad-soft",
  "danger-ghost": "border-transparent text-bad not-aria-disabled:hover:bg-bad-soft",
  /** Filled red: only inside the dialog that says what is lost. */
  "danger-filled":
    "border-transparent bg-bad-mark text-on-bad shadow-1 not-aria-disabled:hover:brightness-95",
} as const;

const sizes = {
  /** 26: bars and rows. */
  sm: "h-[26px] px-2 text-12 touch:h-9",
  /** 30: everywhere else. */
  md: "h-[30px] px-[11px] text-13 touch:h-10",
  /** 38: full-page forms. */
  lg: "h-[38px] px-4 text-14 font-semibold touch:h-11",
  "icon-sm": "size-[26px] touch:size-9",
  icon: "size-[30px] touch:size-10",
} as const;

export type ButtonVariant = keyof typeof variants;
export type ButtonSize = keyof typeof sizes;

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Renders the child (a link) with the looks of a button. */
  asChild?: boolean;
  /** Why the button does nothing now. It stays focusable and says this on hover and focus. */
  reason?: string;
}

/** A button: verb first. Icon-only buttons need an `aria-label`. */
export function Button({
  variant = "outline",
  size = "md",
  asChild = false,
  reason,
  className,
  onClick,
  ...props
}: ButtonProps) {
  const Tag = asChild ? Slot.Root : "button";
  const blocked = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault();
  const button = (
    <Tag
      data-slot="button"
      type={asChild ? undefined : "button"}
      aria-disabled={reason ? true : undefined}
      onClick={reason ? blocked : onClick}
      className={clsx(base, variants[variant], sizes[size], className)}
      {...props}
    />
  );
  return reason ? <Tooltip content={reason}>{button}</Tooltip> : button;
}
