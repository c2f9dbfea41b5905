"use client";

import { clsx } from "clsx";
import { ToggleGroup as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface SegmentedProps<Value extends string> {
  /** What is chosen here, for screen readers. */
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
  className?: string;
}

/** Two to five views of one thing, one chosen. Arrow keys move. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: SegmentedProps<Value>) {
  return (
    <Radix.Root
      data-slot="segmented"
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onChange(next as Value)}
      className={clsx(
        "inline-flex max-w-full shrink-0 overflow-x-auto rounded-2 bg-surface-3 p-0.5",
        className,
      )}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className="h-6 shrink-0 rounded-[5px] px-[9px] text-12 font-medium text-ink-2 transition-colors data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-1 dark:data-[state=on]:bg-line-2 touch:h-9"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
