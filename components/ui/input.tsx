import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

const sizes = {
  /** 26: filter bars. */
  sm: "h-[26px] gap-[7px] px-[9px] text-12 touch:h-9 touch:text-[16px]",
  /** 30: panels and dialogs. */
  md: "h-[30px] gap-[7px] px-[9px] text-13 touch:h-10 touch:text-[16px]",
  /** 38: full-page forms. */
  lg: "h-[38px] gap-2 px-2.5 text-14 touch:h-11 touch:text-[16px]",
} as const;

export interface InputProps extends Omit<ComponentProps<"input">, "size"> {
  size?: keyof typeof sizes;
  /** Before the text, usually an icon. */
  leading?: ReactNode;
  /** After the text: a key hint, a check, a small button. */
  trailing?: ReactNode;
  mono?: boolean;
  /** Red edge. Say what is wrong below (`Field`). `className` goes to the box. */
  invalid?: boolean;
}

/** One line of text in a box. Label it with `Field`, or with `aria-label` in bars. */
export function Input({ size = "md", leading, trailing, mono, invalid, className, ...props }: InputProps) {
  return (
    <span
      data-slot="input"
      className={clsx(
        "flex min-w-0 items-center rounded-2 border bg-surface text-ink-3 transition-colors",
        "focus-within:border-focus focus-within:shadow-[0_0_0_2px_color-mix(in_oklab,var(--focus)_25%,transparent)]",
        invalid ? "border-bad-mark" : size === "sm" ? "border-line-2" : "border-control",
        props.disabled && "opacity-60",
        sizes[size],
        className,
      )}
    >
      {leading}
      <input
        aria-invalid={invalid || undefined}
        className={clsx(
          "min-w-0 flex-1 self-stretch bg-transparent text-ink outline-none",
          mono && "font-mono",
        )}
        {...props}
      />
      {trailing}
    </span>
  );
}
