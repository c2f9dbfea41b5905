import "#lib/shared/i18n/pages/deploy.ts";
import { clsx } from "clsx";
import Link from "next/link";
import { t } from "#lib/shared/i18n/translate.ts";

const stackTabs = ["overview", "file", "versions"] as const;
export type StackTab = (typeof stackTabs)[number];

interface StackTabsProps {
  /** Address of the stack's page. */
  href: string;
  view: StackTab;
  /** After each address. */
  query?: string;
}

/** The row of views under the head of a stack. */
export function StackTabs({ href, view, query = "" }: StackTabsProps) {
  return (
    <nav
      data-slot="stack-tabs"
      aria-label={t("deploy.tabs")}
      className="flex h-9 shrink-0 gap-5 border-b border-line px-5 max-sm:px-4"
    >
      {stackTabs.map((each) => (
        <Link
          key={each}
          href={`${each === "overview" ? href : `${href}/${each}`}${query}`}
          aria-current={each === view ? "page" : undefined}
          className={clsx(
            "-mb-px flex items-center border-b-2 font-medium",
            each === view ? "border-accent text-ink" : "border-transparent text-ink-2 hover:text-ink",
          )}
        >
          {t(`deploy.tab.${each}`)}
        </Link>
      ))}
    </nav>
  );
}
