import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";

/** "Services ›" before the title of a page about one thing: the list it is from. */
export function BackLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link href={to} className="flex items-center gap-1.5 rounded-1 text-ink-3 hover:text-ink">
      {children}
      <Icon name="chevron-right" size={14} />
    </Link>
  );
}
