"use client";

import "#lib/shared/i18n/pages/newer.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { later } from "#components/ui/later.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { type Newer, useNewer } from "./use-newer.ts";

const NewerDialog = later(async () => (await import("./newer-dialog.tsx")).NewerDialog);

/** Beside an image whose tag has moved. */
export function NewerTag() {
  return (
    <Tag tone="accent" title={t("newer.markHint")} className="shrink-0">
      {t("newer.mark")}
    </Tag>
  );
}

/** Says how many there are and opens the list, where registries can be asked again. */
export function NewerButton({ newer }: { newer: Newer }) {
  const { may, blocked } = useCluster();
  const [isOpen, setOpen] = useState(false);
  const { data } = newer;
  if (data === null || data.compared === 0 || !(may("image.pull") || data.items.length > 0)) return null;
  const n = data.items.length;
  return (
    <>
      <Button reason={blocked ?? undefined} onClick={() => setOpen(true)}>
        {n === 0 ? t("newer.title") : t("newer.count", { n })}
      </Button>
      {isOpen && <NewerDialog newer={newer} only={null} onClose={() => setOpen(false)} />}
    </>
  );
}

/** On the page of a service: there is a newer image, and the way to it. */
export function NewerBanner({ service }: { service: ServiceView }) {
  const { may, blocked } = useCluster();
  const newer = useNewer();
  const [isOpen, setOpen] = useState(false);
  const item = newer.data?.items.find((each) => each.service.id === service.id);
  if (!item) return null;
  return (
    <Banner
      tone="info"
      actions={
        may("service.image") && (
          <Button size="sm" reason={blocked ?? undefined} onClick={() => setOpen(true)}>
            {t("newer.updateOne")}
          </Button>
        )
      }
    >
      {t("newer.one", { image: item.image })}
      {isOpen && <NewerDialog newer={newer} only={service.id} onClose={() => setOpen(false)} />}
    </Banner>
  );
}
