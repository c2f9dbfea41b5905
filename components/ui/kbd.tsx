import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A key of the keyboard. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      data-slot="kbd"
      className={clsx(
        "inline-block min-w-[18px] rounded-1 border border-line-2 bg-surface px-1 text-center font-sans text-11 leading-4 font-medium text-ink-3",
        className,
      )}
      {...props}
    />
  );
}
