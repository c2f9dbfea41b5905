"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ShellUser } from "./account-menu.tsx";
import { isAt, type NavPlace } from "./nav.ts";

const MoreSheet = later(async () => (await import("./more-sheet.tsx")).MoreSheet);

const itemClass =
  "flex min-w-0 flex-1 flex-col items-center justify-center gap-[3px] text-11 font-medium aria-[current=page]:text-ink";

export interface BottomBarProps {
  places: readonly NavPlace[];
  path: string;
  user: ShellUser;
  /** The cluster of the page; null on a page about all of them. */
  cluster: string | null;
}

/** Below 700 px: the places people need most, and a sheet with everything else behind "More". */
export function BottomBar({ places, path, user, cluster }: BottomBarProps) {
  const [isOpen, setOpen] = useState(false);
  const rest = places.filter((place) => !place.isInBar);
  const isInRest = rest.some((place) => isAt(place, path));
  return (
    <nav
      data-slot="bottom-bar"
      aria-label={t("common.nav")}
      className="flex h-14 border-t border-line bg-bg pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {places
        .filter((place) => place.isInBar)
        .map((place) => (
          <BarItem key={place.id} place={place} isCurrent={isAt(place, path)} />
        ))}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className={clsx(itemClass, isInRest ? "text-ink" : "text-ink-3")}
      >
        <Icon name="more" size={20} className={isInRest ? "text-accent" : undefined} />
        {t("common.more")}
      </button>
      <MoreSheet
        places={rest}
        path={path}
        user={user}
        cluster={cluster}
        open={isOpen}
        onOpenChange={setOpen}
      />
    </nav>
  );
}

function BarItem({ place, isCurrent }: { place: NavPlace; isCurrent: boolean }) {
  const inside = (
    <>
      <Icon name={place.icon} size={20} className={isCurrent ? "text-accent" : undefined} />
      {place.label}
    </>
  );
  return (
    <Link
      href={place.href}
      aria-current={isCurrent ? "page" : undefined}
      className={clsx(itemClass, "text-ink-3")}
    >
      {inside}
    </Link>
  );
}
