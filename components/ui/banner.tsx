import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

const tones = {
  info: { box: "border-accent-line bg-accent-soft", icon: "text-accent", name: "info" },
  warn: { box: "border-warn-line bg-warn-soft", icon: "text-warn", name: "alert" },
  bad: { box: "border-bad-line bg-bad-soft", icon: "text-bad", name: "alert" },
} as const satisfies Record<string, { box: string; icon: string; name: IconName }>;

export interface BannerProps extends Omit<ComponentProps<"div">, "title"> {
  tone?: keyof typeof tones;
  /** The sentence in bold before the rest. */
  title?: ReactNode;
  /** The engine's own words, unchanged. */
  engineText?: string;
  /** Buttons at the right. */
  actions?: ReactNode;
  /** Across the page, under its head: no corners. */
  flush?: boolean;
}

/** Something the whole view should know: what happened, to what, what to do. */
export function Banner({
  tone = "info",
  title,
  engineText,
  actions,
  flush,
  className,
  children,
  ...props
}: BannerProps) {
  const look = tones[tone];
  return (
    <div
      data-slot="banner"
      className={clsx(
        "flex items-start gap-2.5 border text-13 text-ink-2",
        flush ? "border-x-0 border-t-0 px-5 py-2 max-sm:px-4" : "rounded-3 px-3 py-2.5",
        look.box,
        className,
      )}
      {...props}
    >
      <Icon name={look.name} className={clsx("mt-px", look.icon)} />
      <div className="min-w-0 flex-1 break-words">
        {title && <b className="font-semibold text-ink">{title} </b>}
        {children}
        {engineText && <code className="mono mt-1 block whitespace-pre-wrap">{engineText}</code>}
      </div>
      {actions && <div className="-my-1 flex shrink-0 gap-1.5">{actions}</div>}
    </div>
  );
}
