"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { useContainers } from "#lib/client/use-containers.ts";
import { type PackedContainers, unpackContainers } from "#lib/shared/containers/pack.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { ContainersList } from "./containers-list.tsx";
import { CreateButton } from "./create-button.tsx";

/** All containers of the cluster, of services or not, on every node. */
export function ContainersPage({ initial }: { initial: PackedContainers }) {
  const { model, freshness } = useCluster();
  const [rendered] = useState(() => unpackContainers(initial));
  const picture = useContainers(model.info.id, rendered);
  return (
    <>
      <PageHead
        title={t("containers.title")}
        note={picture ? Object.keys(picture.rows).length.toLocaleString("en") : undefined}
        actions={<CreateButton nodes={picture?.nodes ?? []} />}
        freshness={freshness}
      />
      <ContainersList picture={picture} />
    </>
  );
}
