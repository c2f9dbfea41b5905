"use client";

import { clsx } from "clsx";
import { RadioGroup as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";

export interface RadioOption<Value extends string> {
  value: Value;
  label: ReactNode;
  hint?: ReactNode;
}

export interface RadioGroupProps<Value extends string> {
  /** What is chosen; shown above the options. */
  label: string;
  value: Value;
  options: readonly RadioOption<Value>[];
  onChange: (value: Value) => void;
  className?: string;
}

/** One of a few, all in sight, each with room for a sentence. */
export function RadioGroup<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: RadioGroupProps<Value>) {
  const id = useId();
  return (
    <Radix.Root
      data-slot="radio-group"
      aria-labelledby={id}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className={clsx("min-w-0", className)}
    >
      <p id={id} className="mb-1 font-medium">
        {label}
      </p>
      {options.map((option, index) => (
        <div key={option.value} className="flex items-start gap-2.5 py-1.5 touch:py-3">
          <Radix.Item
            id={`${id}-${index}`}
            value={option.value}
            className="relative mt-px grid size-4 shrink-0 place-items-center rounded-full border-[1.5px] border-control bg-surface before:absolute before:-inset-1 data-[state=checked]:border-accent"
          >
            <Radix.Indicator className="size-2 rounded-full bg-accent" />
          </Radix.Item>
          <label htmlFor={`${id}-${index}`} className="min-w-0 flex-1">
            {option.label}
            {option.hint && <span className="mt-0.5 block text-12 text-ink-3">{option.hint}</span>}
          </label>
        </div>
      ))}
    </Radix.Root>
  );
}
