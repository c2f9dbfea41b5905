import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** Four scales heading one way, in the accent. Decoration: write the name beside it. */
export function Logo({ size = 22, className, ...props }: ComponentProps<"svg"> & { size?: number }) {
  return (
    <svg
      data-slot="logo"
      aria-hidden="true"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="currentColor"
      className={clsx("shrink-0 text-accent", className)}
      {...props}
    >
      <path d="M13.2 7.9c5-1.5 9.6.6 9.6 4.1s-4.6 5.6-9.6 4.1c1.4-2.6 1.4-5.6 0-8.2Z" />
      <path d="M6.6 2.6c3.6-1.1 6.9.3 6.9 2.9s-3.3 4-6.9 2.9c1-1.9 1-3.9 0-5.8Z" opacity=".8" />
      <path d="M6.6 15.6c3.6-1.1 6.9.3 6.9 2.9s-3.3 4-6.9 2.9c1-1.9 1-3.9 0-5.8Z" opacity=".8" />
      <path d="M1.2 9.6c3-.9 5.8.3 5.8 2.4s-2.8 3.3-5.8 2.4c.9-1.6.9-3.2 0-4.8Z" opacity=".5" />
    </svg>
  );
}
