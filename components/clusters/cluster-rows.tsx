"use client";

import "#lib/shared/i18n/pages/home.ts";
import { samePage } from "#components/layout/same-page.ts";
import { Icon } from "#components/ui/icon.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { useGlances } from "#lib/client/use-glances.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { GlanceMark } from "./glance-parts.tsx";
import type { SwitcherProps } from "./switcher.tsx";

export interface ClusterRowsProps extends SwitcherProps {
  rowClass: string;
  onGo: () => void;
}

/** The switcher of phones: the other clusters as rows of the sheet behind "More". */
export function ClusterRows({ current, path, role, rowClass, onGo }: ClusterRowsProps) {
  const clusters = useGlances() ?? [];
  const others = clusters.filter(({ id }) => id !== current);
  if (others.length === 0 && !mayDo(role, "cluster.manage")) return null;
  return (
    <section aria-label={t("home.title")} className="-mx-2 mt-2 flex flex-col border-t border-line pt-2">
      {others
        .toSorted((a, b) => compareNatural(a.name, b.name))
        .map((glance) => (
          <ListLink key={glance.id} href={samePage(path, glance.id)} onClick={onGo} className={rowClass}>
            <GlanceMark glance={glance} label={say(t, glance.word)} />
            <span className="min-w-0 truncate">{glance.name}</span>
          </ListLink>
        ))}
      <ListLink href="/clusters" onClick={onGo} className={rowClass}>
        <Icon name="stacks" className="text-ink-3" />
        {t("home.all")}
      </ListLink>
    </section>
  );
}
