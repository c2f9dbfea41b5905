import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

export interface PanelProps extends Omit<ComponentProps<"section">, "title"> {
  title?: ReactNode;
  /** At the right of the head: a count, a button, a switch. */
  aside?: ReactNode;
  /** Without padding inside: lists and tables draw their own. */
  bare?: boolean;
}

/** A card on a page: a titled group of facts. */
export function Panel({ title, aside, bare, className, children, ...props }: PanelProps) {
  return (
    <section
      data-slot="panel"
      className={clsx("min-w-0 rounded-3 border border-line bg-surface shadow-1", className)}
      {...props}
    >
      {(title || aside) && (
        <header className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3.5 py-1.5">
          <h2 className="min-w-0 flex-auto font-semibold">{title}</h2>
          {aside}
        </header>
      )}
      {bare ? children : <div className="p-3.5">{children}</div>}
    </section>
  );
}

export interface Fact {
  label: string;
  value: ReactNode;
}

/** Facts as term and value, two columns; `null` values are left out. */
export function FactList({ facts, className, ...props }: ComponentProps<"dl"> & { facts: readonly Fact[] }) {
  return (
    <dl
      data-slot="fact-list"
      className={clsx("grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)] gap-x-4 gap-y-[7px]", className)}
      {...props}
    >
      {facts
        .filter((fact) => fact.value !== null && fact.value !== undefined && fact.value !== "")
        .map((fact) => (
          <div key={fact.label} className="contents">
            <dt className="text-ink-3">{fact.label}</dt>
            <dd className="min-w-0 break-words">{fact.value}</dd>
          </div>
        ))}
    </dl>
  );
}
