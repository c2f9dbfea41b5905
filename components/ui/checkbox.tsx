"use client";

import { clsx } from "clsx";
import { Checkbox as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";

/** A tick box of 15 px with a 24 px target. Give it an `aria-label`, or use `CheckboxField`. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      data-slot="checkbox"
      className={clsx(
        "group relative grid size-[15px] shrink-0 place-items-center rounded-1 border-[1.5px] border-control bg-surface text-on-accent",
        "before:absolute before:-inset-[5px] before:content-[''] touch:before:-inset-[14px]",
        "data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        "disabled:opacity-45",
        className,
      )}
      {...props}
    >
      <Radix.Indicator>
        <svg
          viewBox="0 0 10 10"
          width={10}
          height={10}
          aria-hidden="true"
          fill="none"
          stroke="currentColor"
          strokeWidth={1.7}
        >
          <path
            className="group-data-[state=indeterminate]:hidden"
            d="m1.8 5.3 2.1 2 4.3-4.6"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
          <path className="group-data-[state=checked]:hidden" d="M2 5h6" strokeLinecap="round" />
        </svg>
      </Radix.Indicator>
    </Radix.Root>
  );
}

/** A tick box with its words and an optional hint. */
export function CheckboxField({
  label,
  hint,
  className,
  ...props
}: ComponentProps<typeof Radix.Root> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div data-slot="checkbox-field" className={clsx("flex items-start gap-2.5", className)}>
      <Checkbox id={id} aria-describedby={hint ? `${id}-hint` : undefined} className="mt-0.5" {...props} />
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="mt-0.5 text-12 text-ink-3">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
