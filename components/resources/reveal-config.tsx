"use client";

import "#lib/shared/i18n/pages/resources.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { ConfigData, ConfigItem } from "#lib/shared/api/resource-types.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** The button that reads what a config holds and shows it. Only for those who may; the audit log says who looked. */
export function RevealConfig({ item }: { item: Pick<ConfigItem, "id" | "name"> }) {
  const { apiPath } = useCluster();
  const [data, setData] = useState<ConfigData | null>(null);
  const [isBusy, setBusy] = useState(false);
  const reveal = async () => {
    setBusy(true);
    try {
      setData(await api.get<ConfigData>(apiPath(`/configs/${encodeURIComponent(item.id)}/data`)));
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), { id: `config ${item.id}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("resources.revealName", { name: item.name })}
        title={t("services.spec.showHint")}
        disabled={isBusy}
        onClick={() => void reveal()}
      >
        <Icon name="eye" size={14} />
      </Button>
      <Dialog
        open={data !== null}
        onOpenChange={(open) => !open && setData(null)}
        title={t("resources.revealTitle", { name: item.name })}
        description={data && t("resources.revealed", { size: formatBytes(data.size) })}
        width="lg"
      >
        {data && <Content data={data} />}
      </Dialog>
    </>
  );
}

function Content({ data }: { data: ConfigData }) {
  if (data.size === 0) return <p className="text-ink-2">{t("resources.emptyConfig")}</p>;
  if (data.text !== null) return <CodeBlock code={data.text} label={data.name} />;
  return (
    <>
      <p className="mb-2 text-ink-2">{t("resources.binary")}</p>
      <CodeBlock
        code={data.base64}
        label={data.name}
        className="[&_pre]:break-all [&_pre]:whitespace-pre-wrap"
      />
    </>
  );
}
