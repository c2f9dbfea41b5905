"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useAccessChanges } from "#lib/client/use-access-changes.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ShellUser } from "./account-menu.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import type { Freshness } from "./live-indicator.tsx";
import { type NavPlace, navPlaces } from "./nav.ts";
import { Shortcuts } from "./shortcuts.tsx";
import { type NavCount, type ShellCluster, Sidebar } from "./sidebar.tsx";

export interface ShellProps {
  /** Null on a page about all clusters. */
  cluster: ShellCluster | null;
  freshness?: Freshness["kind"] | "off";
  counts?: Partial<Record<NavPlace["id"], NavCount>>;
  user: ShellUser;
  /** Across the top of the page: stale, electing, quorum lost. */
  banner?: ReactNode;
  /** A `PageHead` and what belongs under it; fills a column that does not scroll by itself. */
  children: ReactNode;
}

/** The signed-in frame: sidebar or bottom bar, keys, and one column for the page. */
export function Shell({ cluster, freshness = "live", counts = {}, user, banner, children }: ShellProps) {
  const path = usePathname();
  useAccessChanges();
  const places = navPlaces(cluster?.id ?? null, user.role, cluster?.isEngine);
  return (
    <Shortcuts places={places}>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-2 focus:bg-raised focus:px-3 focus:py-2 focus:shadow-2"
      >
        {t("common.skipToContent")}
      </a>
      <div
        data-slot="shell"
        className="grid h-dvh grid-cols-[204px_minmax(0,1fr)] overflow-hidden max-sm:grid-cols-[minmax(0,1fr)] max-sm:grid-rows-[minmax(0,1fr)_auto] rail:grid-cols-[52px_minmax(0,1fr)]"
      >
        <Sidebar
          cluster={cluster}
          freshness={freshness}
          places={places}
          path={path}
          counts={counts}
          user={user}
        />
        <main id="content" tabIndex={-1} className="relative flex min-h-0 min-w-0 flex-col outline-none">
          {banner}
          {children}
        </main>
        <BottomBar places={places} path={path} user={user} cluster={cluster?.id ?? null} />
      </div>
    </Shortcuts>
  );
}
