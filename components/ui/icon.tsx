import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { type IconName, iconPaths } from "./icon-paths.ts";

export interface IconProps extends Omit<ComponentProps<"svg">, "name"> {
  name: IconName;
  /** Edge in px: 16 beside 13 px text, 14 inside small controls. */
  size?: number;
}

/** A stroke icon in the colour of the text around it. Always decoration: the control carries the words. */
export function Icon({ name, size = 16, className, ...props }: IconProps) {
  return (
    <svg
      data-slot="icon"
      aria-hidden="true"
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={clsx("shrink-0", className)}
      {...props}
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}
