import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { hueColor, TaskMark } from "./mark.tsx";
import { type Marking, type MarkShape, markings, scaleBody, type TaskMarkName } from "./mark-paths.ts";

/** Of a mark, and between two, px. */
const edge = 9;
const gap = 2;

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
export function School({
  states,
  hue,
  marking = "plain",
  limit = 7,
  label,
  className,
  ...props
}: SchoolProps) {
  const shown = states.slice(0, limit);
  return (
    <span
      data-slot="school"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
      className={clsx("inline-flex items-center gap-0.5", className)}
      {...props}
    >
      {runsOf(shown).map(({ state, count }, index) =>
        state === "running" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: marks have no identity here, only a place
          <RunningMarks key={index} count={count} hue={hue} marking={marking} />
        ) : (
          Array.from({ length: count }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <TaskMark key={`${index} ${place}`} state={state} hue={hue} size={edge} />
          ))
        ),
      )}
      {states.length > limit && (
        <span className="ml-0.5 text-11 text-ink-3">{t("common.andMore", { n: states.length - limit })}</span>
      )}
    </span>
  );
}

/** Marks in a row, as they are drawn: what is equal and beside each other is one. */
function runsOf(states: readonly TaskMarkName[]): readonly { state: TaskMarkName; count: number }[] {
  const runs: { state: TaskMarkName; count: number }[] = [];
  for (const state of states) {
    const last = runs.at(-1);
    if (last?.state === state) last.count += 1;
    else runs.push({ state, count: 1 });
  }
  return runs;
}

interface RunningMarksProps {
  count: number;
  hue: number;
  marking: Marking;
}

/** Scales side by side as one element: a table of many services has thousands of them. */
function RunningMarks({ count, hue, marking }: RunningMarksProps) {
  return (
    <span
      className="mask-repeat-x forced-color-adjust-none"
      style={{
        width: count * (edge + gap) - gap,
        height: edge,
        background: hueColor(hue),
        maskImage: scaleMasks[marking],
        maskSize: `${edge + gap}px ${edge}px`,
      }}
    />
  );
}

/** One scale and the gap after it, as a mask: what is cut out of it shines through. */
function scaleMask(marking: Marking): string {
  const cuts = markings[marking].map((shape: MarkShape) => {
    const { d, fill = "none", stroke, width = 0, opacity } = shape;
    const paint =
      stroke === undefined ? `fill="#000"` : `fill="${fill}" stroke="#000" stroke-width="${width}"`;
    return `<path d="${d}" ${paint} opacity="${opacity ?? 1}"/>`;
  });
  const box = `viewBox="0 0 ${(12 * (edge + gap)) / edge} 12"`;
  const drawing = `<mask id="m"><path d="${scaleBody}" fill="#fff"/>${cuts.join("")}</mask><path mask="url(#m)" d="M0 0h12v12H0Z"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${box}>${drawing}</svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}

const scaleMasks: Readonly<Record<Marking, string>> = {
  plain: scaleMask("plain"),
  stripe: scaleMask("stripe"),
  spot: scaleMask("spot"),
};
