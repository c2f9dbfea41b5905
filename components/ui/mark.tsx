import { clsx } from "clsx";
import type { ComponentProps, CSSProperties } from "react";
import {
  type HealthMarkName,
  healthMarks,
  type MarkDrawing,
  type Marking,
  type MarkShape,
  markings,
  type RoleMarkName,
  roleMarks,
  type TaskMarkName,
  taskMarks,
} from "./mark-paths.ts";

interface MarkProps extends Omit<ComponentProps<"svg">, "name"> {
  /** Edge in px. 12 in tiles and rows, 9 in a school, 14 beside a status word. */
  size?: number;
  /** Read to screen readers. Leave out when a word beside the mark says the same. */
  label?: string;
}

function Shape({ shape }: { shape: MarkShape }) {
  return (
    <path
      d={shape.d}
      fill={shape.fill ?? "none"}
      stroke={shape.stroke}
      strokeWidth={shape.width}
      strokeDasharray={shape.dash}
      strokeLinecap={shape.round ? "round" : undefined}
      strokeLinejoin={shape.round ? "round" : undefined}
      opacity={shape.opacity}
    />
  );
}

function Drawing({
  drawing,
  extra = [],
  size = 12,
  label,
  className,
  ...props
}: MarkProps & { drawing: MarkDrawing; extra?: readonly MarkShape[] }) {
  const shapes = [...drawing.shapes, ...extra].map((shape) => <Shape key={shape.d} shape={shape} />);
  return (
    <svg
      data-slot="mark"
      viewBox="0 0 12 12"
      width={size}
      height={size}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={clsx("shrink-0 overflow-visible", className)}
      {...props}
    >
      {drawing.leaving ? <g transform="translate(12 0) scale(-1 1)">{shapes}</g> : shapes}
    </svg>
  );
}

/** The CSS colour of a service hue (1 to 14); other numbers give the quiet grey. */
export function hueColor(hue: number | undefined): string {
  return hue !== undefined && hue >= 1 && hue <= 14 ? `var(--svc-${Math.trunc(hue)})` : "var(--ink-3)";
}

export interface TaskMarkProps extends MarkProps {
  state: TaskMarkName;
  /** Service hue, 1 to 14. Without it the mark takes `--svc` from around it, else grey. */
  hue?: number;
  marking?: Marking;
}

/** A task: the scale, in the service's hue, shaped by its state. */
export function TaskMark({ state, hue, marking = "plain", style, ...props }: TaskMarkProps) {
  const color: CSSProperties = { color: hue === undefined ? "var(--svc, var(--ink-3))" : hueColor(hue) };
  return (
    <Drawing
      drawing={taskMarks[state]}
      extra={state === "running" ? markings[marking] : []}
      style={{ ...color, ...style }}
      {...props}
    />
  );
}

/** How a service is. Put the word beside it. */
export function HealthMark({ health, size = 14, ...props }: MarkProps & { health: HealthMarkName }) {
  return <Drawing drawing={healthMarks[health]} size={size} {...props} />;
}

/** What a node is in the swarm. */
export function RoleMark({ role, ...props }: Omit<MarkProps, "role"> & { role: RoleMarkName }) {
  return <Drawing drawing={roleMarks[role]} {...props} />;
}
