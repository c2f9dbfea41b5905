import { clsx } from "clsx";
import type { ComponentProps } from "react";

export interface CapacityBarProps extends Omit<ComponentProps<"div">, "children"> {
  /** Said to screen readers: "CPU: 5.6 reserved of 8". */
  label: string;
  /** Share of the capacity that is reserved, 0 to 1. */
  reserved: number;
  /** Share in use, 0 to 1. Unknown without a link to the node: then only the reservation is drawn. */
  used?: number;
  /** 3 px in dense maps, 5 elsewhere. */
  thin?: boolean;
}

const percent = (share: number) => `${Math.min(100, Math.max(0, share * 100)).toFixed(1)}%`;

/** Track: capacity. Light with an end tick: reserved. Dark: used. Amber over 80 % used or 92 % reserved. */
export function CapacityBar({ label, reserved, used, thin, className, ...props }: CapacityBarProps) {
  const width = percent(reserved);
  return (
    <div
      data-slot="capacity-bar"
      role="img"
      aria-label={label}
      className={clsx(
        "relative overflow-hidden rounded-[3px] bg-bar-track",
        thin ? "h-[3px]" : "h-[5px]",
        className,
      )}
      {...props}
    >
      <span
        className={clsx(
          "absolute inset-y-0 left-0 bg-bar-reserved",
          reserved > 0.92 ? "shadow-[1.5px_0_0_var(--warn-mark)]" : "shadow-[1.5px_0_0_var(--ink-3)]",
        )}
        style={{ width: reserved >= 0.99 ? "calc(100% - 2px)" : width }}
      />
      {used !== undefined && (
        <span
          className={clsx(
            "absolute inset-y-0 left-0 rounded-r-[2px]",
            used > 0.8 ? "bg-warn-mark" : "bg-bar-used",
          )}
          style={{ width: percent(used) }}
        />
      )}
    </div>
  );
}

/** How far something is, 0 to 1, in the accent. */
export function ProgressBar({
  label,
  value,
  className,
  ...props
}: Omit<ComponentProps<"div">, "children"> & { label: string; value: number }) {
  return (
    <div
      data-slot="progress-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 100)}
      className={clsx("h-1 w-[52px] shrink-0 overflow-hidden rounded-[2px] bg-bar-track", className)}
      {...props}
    >
      <div className="h-full bg-accent" style={{ width: percent(value) }} />
    </div>
  );
}
