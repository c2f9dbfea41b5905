import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

export interface EmptyStateProps extends Omit<ComponentProps<"div">, "title"> {
  icon?: IconName;
  /** One sentence. */
  title: ReactNode;
  /** The one next step. */
  action?: ReactNode;
}

/** Nothing here: one sentence and the one next step. */
export function EmptyState({ icon, title, action, className, children, ...props }: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={clsx("flex flex-col items-center gap-3 px-5 py-14 text-center text-ink-2", className)}
      {...props}
    >
      {icon && <Icon name={icon} size={24} className="text-ink-3" />}
      <p className="max-w-[420px] text-14">{title}</p>
      {children}
      {action}
    </div>
  );
}
