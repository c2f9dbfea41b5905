import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { TaskMark } from "./mark.tsx";
import type { Marking, TaskMarkName } from "./mark-paths.ts";

export interface SchoolProps extends Omit<ComponentProps<"span">, "children"> {
  /** One per task, trouble first: what does not fit is counted. */
  states: readonly TaskMarkName[];
  hue: number;
  marking?: Marking;
  /** Marks before "+n"; 7 in tables. */
  limit?: number;
  /** What the row of marks says, in words. */
  label?: string;
}

/** The tasks of one service as a row of small scales. */
export function School({ states, hue, marking, limit = 7, label, className, ...props }: SchoolProps) {
  const shown = states.slice(0, limit);
  return (
    <span
      data-slot="school"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
      className={clsx("inline-flex items-center gap-0.5", className)}
      {...props}
    >
      {shown.map((state, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: marks have no identity here, only a place
        <TaskMark key={index} state={state} hue={hue} marking={marking} size={9} />
      ))}
      {states.length > limit && (
        <span className="ml-0.5 text-11 text-ink-3">{t("common.andMore", { n: states.length - limit })}</span>
      )}
    </span>
  );
}
