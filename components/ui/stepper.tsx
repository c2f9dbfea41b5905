"use client";

import { clsx } from "clsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";
import { Tooltip } from "./tooltip.tsx";
import { useWantedNumber, type WantedNumberOptions } from "./use-wanted-number.ts";

const tones = {
  plain: "text-ink",
  move: "text-accent",
  warn: "text-warn",
  bad: "text-bad",
} as const;

export interface StepperProps extends WantedNumberOptions {
  /** What is scaled, for screen readers: "web_api". */
  name: string;
  /** How many run now; null when it is not known. */
  running: number | null;
  max?: number;
  tone?: keyof typeof tones;
  /** In a box 30 high (drawer, head), instead of bare (rows). */
  boxed?: boolean;
  /** Why it cannot be changed now. The numbers stay. */
  reason?: string;
  className?: string;
}

const buttonClass =
  "grid size-[22px] place-items-center rounded-[5px] text-ink-3 hover:bg-surface-3 hover:text-ink disabled:opacity-35 disabled:hover:bg-transparent touch:size-9";

/** `− 5/6 +`: a click moves the wanted number at once, it is sent after 500 ms of rest. + and − keys work too. */
export function Stepper({
  name,
  running,
  max = Number.POSITIVE_INFINITY,
  tone = "plain",
  boxed,
  reason,
  className,
  ...wantedOptions
}: StepperProps) {
  const { target, isPending, set } = useWantedNumber(wantedOptions);
  const step = (by: number) => set(Math.min(max, Math.max(0, target + by)));
  const settled = running === target;
  const button = (icon: IconName, by: number, label: string, ended: boolean) => (
    <button
      type="button"
      className={buttonClass}
      aria-label={label}
      disabled={ended || reason !== undefined}
      onClick={() => step(by)}
    >
      <Icon name={icon} size={14} />
    </button>
  );
  const group = (
    <fieldset
      data-slot="stepper"
      aria-label={t("common.replicasOf", { name, running: running ?? "–", wanted: target })}
      onKeyDown={(event) => {
        const by = event.key === "+" ? 1 : event.key === "-" ? -1 : 0;
        if (by === 0 || reason !== undefined) return;
        event.preventDefault();
        event.stopPropagation();
        step(by);
      }}
      className={clsx(
        "inline-flex items-center",
        boxed ? "h-[30px] rounded-2 border border-line-2 bg-surface px-[3px] touch:h-10" : "h-6",
        className,
      )}
    >
      {button("minus", -1, t("common.oneFewer", { name }), target <= 0)}
      <span
        className={clsx(
          "min-w-[34px] text-center font-medium",
          isPending && !settled ? tones.move : tones[tone],
        )}
      >
        {settled ? target : `${running ?? "–"}/${target}`}
      </span>
      {button("plus", 1, t("common.oneMore", { name }), target >= max)}
    </fieldset>
  );
  return reason ? <Tooltip content={reason}>{group}</Tooltip> : group;
}
