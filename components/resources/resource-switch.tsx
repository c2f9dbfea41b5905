"use client";

import "#lib/shared/i18n/pages/resources.ts";
import { useRouter } from "next/navigation";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

const kinds = ["networks", "images", "volumes", "secrets", "configs"] as const;

/** Leads from one kind of resource to the others. */
export function ResourceSwitch({ kind }: { kind: (typeof kinds)[number] }) {
  const { href } = useCluster();
  const router = useRouter();
  return (
    <div className="max-sm:basis-full">
      <Segmented
        label={t("resources.kind")}
        value={kind}
        onChange={(next) => router.push(href(`/${next}`))}
        options={kinds.map((value) => ({ value, label: t(`resources.${value}`) }))}
      />
    </div>
  );
}
