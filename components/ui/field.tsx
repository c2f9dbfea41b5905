"use client";

import { clsx } from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./icon.tsx";
import { Input, type InputProps } from "./input.tsx";

interface FieldFrameProps extends ComponentProps<"div"> {
  label: ReactNode;
  htmlFor: string;
  hint?: ReactNode;
  error?: string;
}

/** Label above, hint below; an error takes the place of the hint. `${htmlFor}-note` describes the control. */
function FieldFrame({ label, htmlFor, hint, error, className, children, ...props }: FieldFrameProps) {
  return (
    <div data-slot="field" className={clsx("min-w-0", className)} {...props}>
      <label htmlFor={htmlFor} className="mb-[5px] block font-medium">
        {label}
      </label>
      {children}
      <div id={`${htmlFor}-note`} aria-live="polite">
        {error ? (
          <p className="mt-[5px] flex items-start gap-1.5 text-12 text-bad">
            <Icon name="alert" size={14} className="mt-px" />
            {error}
          </p>
        ) : (
          hint && <div className="mt-[5px] text-12 text-ink-3">{hint}</div>
        )}
      </div>
    </div>
  );
}

export interface TextFieldProps extends InputProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do. Set it on leaving the field or after sending, never while typing. */
  error?: string;
  /** Shown between the box and the note. */
  below?: ReactNode;
}

export interface AreaFieldProps extends ComponentProps<"textarea"> {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
}

/** Several labelled lines of text. */
export function AreaField({ label, hint, error, id, className, ...props }: AreaFieldProps) {
  const own = useId();
  const inputId = id ?? own;
  return (
    <FieldFrame label={label} htmlFor={inputId} hint={hint} error={error} className={className}>
      <textarea
        id={inputId}
        rows={3}
        spellCheck={false}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={hint || error ? `${inputId}-note` : undefined}
        className={clsx(
          "mono block w-full resize-y rounded-2 border bg-surface px-[9px] py-1.5 text-ink outline-none focus:border-focus focus:shadow-[0_0_0_2px_color-mix(in_oklab,var(--focus)_25%,transparent)] touch:text-[16px]",
          error === undefined ? "border-control" : "border-bad-mark",
        )}
        {...props}
      />
    </FieldFrame>
  );
}

export interface SelectFieldProps extends Omit<ComponentProps<"select">, "onChange"> {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  options: readonly { value: string; label: string; disabled?: boolean }[];
  onChange: (value: string) => void;
}

/** One of a list of words, labelled; the browser's own control. */
export function SelectField({
  label,
  hint,
  error,
  id,
  className,
  options,
  onChange,
  ...props
}: SelectFieldProps) {
  const own = useId();
  const inputId = id ?? own;
  return (
    <FieldFrame label={label} htmlFor={inputId} hint={hint} error={error} className={className}>
      <select
        id={inputId}
        aria-describedby={hint || error ? `${inputId}-note` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className="h-[30px] w-full rounded-2 border border-control bg-surface px-[9px] text-13 text-ink outline-none focus:border-focus touch:h-10 touch:text-[16px]"
        {...props}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** A labelled line of text. What was typed is never cleared by an error. */
export function TextField({ label, hint, error, below, id, className, ...props }: TextFieldProps) {
  const own = useId();
  const inputId = id ?? own;
  return (
    <FieldFrame label={label} htmlFor={inputId} hint={hint} error={error} className={className}>
      <Input
        id={inputId}
        invalid={error !== undefined}
        aria-describedby={hint || error ? `${inputId}-note` : undefined}
        {...props}
      />
      {below}
    </FieldFrame>
  );
}
