"use client";

import "#lib/shared/i18n/pages/home.ts";
import Link from "next/link";
import { samePage } from "#components/layout/same-page.ts";
import { Icon } from "#components/ui/icon.tsx";
import { MenuItem, MenuLabel, MenuSeparator } from "#components/ui/menu.tsx";
import { useGlances } from "#lib/client/use-glances.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type AccessRole, mayDo } from "#lib/shared/roles.ts";
import { GlanceMark } from "./glance-parts.tsx";

export interface SwitcherProps {
  /** The cluster of the page; null on a page about all of them. */
  current: string | null;
  path: string;
  /** On the server as a whole. */
  role: AccessRole;
}

/** Inside of the menu of the cluster card: every cluster with how it is, leading to the same page of it. */
export function Switcher({ current, path, role }: SwitcherProps) {
  const clusters = useGlances();
  return (
    <>
      <MenuLabel>{t(clusters === null ? "home.loading" : "home.title")}</MenuLabel>
      {clusters
        ?.toSorted((a, b) => compareNatural(a.name, b.name))
        .map((glance) => (
          <MenuItem key={glance.id} asChild>
            <Link
              href={samePage(path, glance.id)}
              aria-current={glance.id === current ? "true" : undefined}
              className="max-w-72"
            >
              <GlanceMark glance={glance} label={say(t, glance.word)} />
              <span className="min-w-0 flex-1 truncate">{glance.name}</span>
              {glance.id === current && <Icon name="check" size={14} className="text-accent" />}
            </Link>
          </MenuItem>
        ))}
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/clusters">
          <Icon name="stacks" />
          {t("home.all")}
        </Link>
      </MenuItem>
      {mayDo(role, "cluster.manage") && (
        <MenuItem asChild>
          <Link href="/clusters?add">
            <Icon name="plus" />
            {t("home.add")}
          </Link>
        </MenuItem>
      )}
    </>
  );
}
