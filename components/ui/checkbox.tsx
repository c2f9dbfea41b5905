"use client";

import { clsx } from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

/** Of an input, with its state as words have it. */
export interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "checked" | "onChange"> {
  checked: boolean | "indeterminate";
  onCheckedChange?: (checked: boolean) => void;
}

/**
 * A tick box of 15 px with a 24 px target. Give it an `aria-label`, or use `CheckboxField`. The browser's own, because every
 * row of a table has one and it is a single element.
 */
export function Checkbox({ className, checked, onCheckedChange, ...props }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      data-slot="checkbox"
      checked={checked === true}
      ref={(box) => {
        if (box) box.indeterminate = checked === "indeterminate";
      }}
      onChange={({ currentTarget }) => onCheckedChange?.(currentTarget.checked)}
      className={clsx("checkbox", className)}
      {...props}
    />
  );
}

/** A tick box with its words and an optional hint. */
export function CheckboxField({
  label,
  hint,
  className,
  ...props
}: CheckboxProps & { label: ReactNode; hint?: ReactNode }) {
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
