"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import Link from "next/link";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ChangeList } from "#components/revisions/change-list.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackDrift } from "#lib/shared/stacks/types.ts";

interface DriftBannerProps {
  stack: string;
  /** Parts of the live picture: read again when one has changed. */
  version: readonly unknown[];
}

/** Says which services are not as the last deploy left them, and leads to putting them back. */
export function DriftBanner({ stack, version }: DriftBannerProps) {
  const { href, may } = useCluster();
  const [isOpen, setOpen] = useState(false);
  const base = `/stacks/${encodeURIComponent(stack)}`;
  const { data } = useDetail<StackDrift>(`${base}/drift`, null, version);
  if (data === null || data.services.length === 0) return null;
  return (
    <Banner
      tone="warn"
      role="status"
      className="mx-5 mt-4 max-sm:mx-4"
      data-slot="drift"
      title={t("deploy.drift.title", { n: data.services.length })}
      actions={
        <>
          <Button size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? "deploy.drift.hide" : "deploy.drift.show")}
          </Button>
          {may("stack.deploy") && (
            <Button size="sm" asChild>
              <Link href={href(`${base}/file`)}>{t("deploy.drift.back")}</Link>
            </Button>
          )}
        </>
      }
    >
      {data.services.map(({ name, kind }) => t(`deploy.drift.${kind}`, { name })).join(" ")}
      {isOpen && (
        <div className="mt-2 grid gap-3 text-12">
          {data.services
            .filter(({ changes }) => changes.length > 0)
            .map(({ name, changes }) => (
              <section key={name} aria-label={name} className="grid gap-1">
                <h3 className="font-semibold">{name}</h3>
                <ChangeList changes={changes} />
              </section>
            ))}
        </div>
      )}
    </Banner>
  );
}
