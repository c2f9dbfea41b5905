"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { ClusterRows } from "#components/clusters/cluster-rows.tsx";
import { openPalette } from "#components/palette/open-palette.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { IconName } from "#components/ui/icon-paths.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { leave, roleWord, type ShellUser, themes } from "./account-menu.tsx";
import { isAt, type NavPlace } from "./nav.ts";
import { useTheme } from "./theme.ts";

const rowClass =
  "flex h-11 w-full items-center gap-3 rounded-2 px-2 text-left font-medium hover:bg-surface-3";

export interface MoreSheetProps {
  /** The places that have no room in the bar. */
  places: readonly NavPlace[];
  path: string;
  user: ShellUser;
  /** The cluster of the page; null on a page about all of them. */
  cluster: string | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What the bottom bar of a phone has no room for: the other places, and the account. */
export function MoreSheet({ places, path, user, cluster, open, onOpenChange }: MoreSheetProps) {
  const [theme, setTheme] = useTheme();
  const close = () => onOpenChange(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("common.more")}>
      <ul className="-mx-2 flex flex-col">
        {cluster !== null && (
          <li>
            <button
              type="button"
              className={rowClass}
              onClick={() => {
                close();
                openPalette();
              }}
            >
              <Icon name="search" className="text-ink-3" />
              {t("common.openPalette")}
            </button>
          </li>
        )}
        {places.map((place, at) => (
          <li
            key={place.id}
            className={clsx(
              at > 0 && place.isBelowLine && !places[at - 1]?.isBelowLine && "mt-2 border-t border-line pt-2",
            )}
          >
            <Row href={place.href} icon={place.icon} isCurrent={isAt(place, path)} onClick={close}>
              {place.label}
            </Row>
          </li>
        ))}
      </ul>
      {open && (
        <ClusterRows current={cluster} path={path} role={user.role} rowClass={rowClass} onGo={close} />
      )}
      <section aria-label={user.name} className="-mx-2 mt-2 flex flex-col border-t border-line pt-2">
        <p className="px-2 py-1 text-12 text-ink-3">
          {user.name}, {roleWord(user)}
        </p>
        <Row href="/account" icon="user" isCurrent={path === "/account"} onClick={close}>
          {t("common.profile")}
        </Row>
        <div className="flex min-h-11 items-center gap-3 px-2 font-medium">
          <Icon name="sun" className="text-ink-3" />
          <span className="flex-1">{t("common.theme")}</span>
          <Segmented label={t("common.theme")} value={theme} options={themes} onChange={setTheme} />
        </div>
        <button type="button" className={rowClass} onClick={() => void leave()}>
          <Icon name="logout" className="text-ink-3" />
          {t("common.signOut")}
        </button>
      </section>
    </Dialog>
  );
}

interface RowProps {
  href: string;
  icon: IconName;
  isCurrent: boolean;
  onClick: () => void;
  children: string;
}

function Row({ href, icon, isCurrent, onClick, children }: RowProps) {
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      onClick={onClick}
      className={clsx(rowClass, isCurrent && "bg-surface-3")}
    >
      <Icon name={icon} className={isCurrent ? "text-accent" : "text-ink-3"} />
      {children}
    </Link>
  );
}
