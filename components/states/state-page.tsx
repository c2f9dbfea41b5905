import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { IconName } from "#components/ui/icon-paths.ts";
import { Currents } from "./currents.tsx";

const tones = {
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  quiet: "bg-accent-soft text-accent",
} as const;

export interface StatePageProps {
  icon: IconName;
  tone?: keyof typeof tones;
  title: ReactNode;
  lead: ReactNode;
  children?: ReactNode;
}

/** A full page in place of a view: what is the case, and what to do about it. */
export function StatePage({ icon, tone = "warn", title, lead, children }: StatePageProps) {
  return (
    <div
      data-slot="state-page"
      className="sea relative grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] overflow-y-auto"
    >
      <Currents />
      <div className="relative m-auto w-full max-w-[808px] px-6 py-8 max-sm:px-4">
        <div className={clsx("mb-4 grid size-11 place-items-center rounded-[12px]", tones[tone])}>
          <Icon name={icon} size={24} />
        </div>
        <h1 className="text-24 font-semibold tracking-display text-balance">{title}</h1>
        <p className="mt-2 mb-5 max-w-[640px] text-14 text-ink-2">{lead}</p>
        {children}
      </div>
    </div>
  );
}
