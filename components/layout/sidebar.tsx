"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { AccessRole } from "#lib/shared/roles.ts";
import { AccountMenu, type ShellUser } from "./account-menu.tsx";
import { type Freshness, LiveDot } from "./live-indicator.tsx";
import { isAt, type NavPlace } from "./nav.ts";
import { SearchButton } from "./search-button.tsx";
import { useRail } from "./theme.ts";

const Switcher = later(async () => (await import("#components/clusters/switcher.tsx")).Switcher);

export interface ShellCluster {
  readonly id: string;
  readonly name: string;
  /** Quiet words beside the name: "5 nodes". */
  readonly note?: string;
  readonly simulated?: boolean;
  /** A single engine: no swarm. */
  readonly isEngine?: boolean;
}

/** A number beside a place; `alert`: in red, for trouble. */
export interface NavCount {
  readonly value: number;
  readonly alert?: boolean;
}

export interface SidebarProps {
  cluster: ShellCluster | null;
  freshness: Freshness["kind"] | "off";
  places: readonly NavPlace[];
  path: string;
  counts: Partial<Record<NavPlace["id"], NavCount>>;
  user: ShellUser;
}

/** Left of everything from 700 px on: 204 wide, or a rail of 52. */
export function Sidebar({ cluster, freshness, places, path, counts, user }: SidebarProps) {
  return (
    <header
      data-slot="sidebar"
      className="flex min-h-0 flex-col gap-px border-r border-line px-2 py-2.5 max-sm:hidden rail:items-center rail:px-1.5"
    >
      <div className="group/brand flex h-8 items-center gap-[9px] px-2 rail:w-9 rail:justify-center rail:px-0">
        <Link href="/" className="flex min-w-0 items-center gap-[9px] text-15 font-semibold tracking-display">
          <Logo />
          <span className="rail:sr-only">{t("common.appName")}</span>
        </Link>
        <RailSwitch />
      </div>
      <ClusterCard cluster={cluster} freshness={freshness} path={path} role={user.role} />
      {cluster && <SearchButton />}
      <nav
        aria-label={t("common.nav")}
        className="-mx-2 min-h-0 flex-1 overflow-y-auto px-2 rail:-mx-1.5 rail:px-1.5"
      >
        <ul className="flex flex-col gap-px rail:items-center">
          {places.map((place, at) => (
            <li key={place.id} className="contents">
              {place.isBelowLine && !places[at - 1]?.isBelowLine && (
                <hr className="mx-2 my-2.5 border-line rail:w-6 rail:self-center" />
              )}
              <NavLink place={place} isCurrent={isAt(place, path)} count={counts[place.id]} />
            </li>
          ))}
        </ul>
      </nav>
      <AccountMenu user={user} />
    </header>
  );
}

function RailSwitch() {
  const [isRail, toggle] = useRail();
  const label = isRail ? t("common.expandSidebar") : t("common.collapseSidebar");
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      title={label}
      onClick={toggle}
      className="ml-auto opacity-0 group-hover/brand:opacity-100 focus-visible:opacity-100 max-xl:hidden touch:opacity-100 rail:absolute rail:left-[9px] rail:bg-surface"
    >
      <Icon name="sidebar" size={14} />
    </Button>
  );
}

/** The cluster of the page, and the way to the others. */
function ClusterCard({
  cluster,
  freshness,
  path,
  role,
}: Pick<SidebarProps, "cluster" | "freshness" | "path"> & { role: AccessRole }) {
  const name = cluster?.name ?? t("common.allClusters");
  const card = (
    <button
      type="button"
      data-slot="cluster-card"
      title={name}
      className="mt-2 mb-2 flex min-h-9 items-center gap-2 rounded-2 border border-line bg-surface px-2 text-left shadow-1 hover:bg-surface-2 rail:w-9 rail:justify-center rail:px-0"
    >
      <LiveDot kind={cluster ? freshness : "off"} />
      <span className="min-w-0 flex-1 truncate font-medium rail:sr-only">{name}</span>
      {cluster?.simulated ? (
        <Tag tone="warn" className="rail:hidden">
          {t("common.simulated")}
        </Tag>
      ) : (
        cluster?.note && <span className="shrink-0 text-12 text-ink-3 rail:hidden">{cluster.note}</span>
      )}
      <span className="sr-only">{t("common.switchCluster")}</span>
      <Icon name="up-down" size={14} className="-mr-1 text-ink-3 rail:hidden" />
    </button>
  );
  return (
    <Menu align="start" trigger={card}>
      <Switcher current={cluster?.id ?? null} path={path} role={role} />
    </Menu>
  );
}

function NavLink({
  place,
  isCurrent,
  count,
}: {
  place: NavPlace;
  isCurrent: boolean;
  count: NavCount | undefined;
}) {
  const className = clsx(
    "group/nav flex h-[30px] items-center gap-[9px] rounded-2 px-2 font-medium rail:w-9 rail:justify-center rail:px-0",
    isCurrent ? "bg-surface-3 text-ink" : "text-ink-2",
  );
  const inside = (
    <>
      <Icon name={place.icon} className={isCurrent ? "text-accent" : undefined} />
      <span className="rail:sr-only">{place.label}</span>
      {count && (
        <span
          className={clsx(
            "ml-auto text-12 rail:hidden",
            count.alert ? "font-semibold text-bad" : "font-normal text-ink-3",
          )}
        >
          {count.value.toLocaleString("en")}
        </span>
      )}
    </>
  );
  return (
    <Link
      href={place.href}
      title={place.label}
      aria-current={isCurrent ? "page" : undefined}
      className={clsx(className, "hover:bg-surface-3")}
    >
      {inside}
    </Link>
  );
}
