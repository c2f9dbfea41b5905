import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type Freshness, LiveIndicator } from "./live-indicator.tsx";

export interface PageHeadProps {
  title: ReactNode;
  /** Beside the title, quiet: a count, a stack. */
  note?: ReactNode;
  /** Before the title: a link back, a mark. */
  before?: ReactNode;
  freshness?: Freshness;
  /** Buttons at the right, one primary at most. */
  actions?: ReactNode;
  className?: string;
}

/** The 52 px head of a page. */
export function PageHead({ title, note, before, freshness, actions, className }: PageHeadProps) {
  return (
    <header
      data-slot="page-head"
      className={clsx(
        "flex min-h-[52px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-5 py-2 max-sm:px-4",
        className,
      )}
    >
      {before}
      <h1 className="min-w-0 truncate text-15 font-semibold tracking-title">{title}</h1>
      {note !== undefined && <span className="text-ink-3">{note}</span>}
      <span className="flex-1" />
      {actions}
      {freshness && <LiveIndicator freshness={freshness} />}
    </header>
  );
}
