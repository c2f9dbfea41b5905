"use client";

import "#lib/shared/i18n/pages/history.ts";
import { clsx } from "clsx";
import Link from "next/link";
import { t } from "#lib/shared/i18n/translate.ts";

/** The views of one service, each with an address of its own. */
const serviceTabs = ["overview", "revisions"] as const;
export type ServiceTab = (typeof serviceTabs)[number];

interface ServiceTabsProps {
  /** Address of the service's page. */
  href: string;
  view: ServiceTab;
}

/** The row of views under the head of a service. */
export function ServiceTabs({ href, view }: ServiceTabsProps) {
  return (
    <nav
      data-slot="service-tabs"
      aria-label={t("history.tabs")}
      className="flex h-9 shrink-0 gap-5 border-b border-line px-5 max-sm:px-4"
    >
      {serviceTabs.map((each) => (
        <Link
          key={each}
          href={each === "overview" ? href : `${href}/${each}`}
          aria-current={each === view ? "page" : undefined}
          className={clsx(
            "-mb-px flex items-center border-b-2 font-medium",
            each === view ? "border-accent text-ink" : "border-transparent text-ink-2 hover:text-ink",
          )}
        >
          {t(`history.${each}`)}
        </Link>
      ))}
    </nav>
  );
}
