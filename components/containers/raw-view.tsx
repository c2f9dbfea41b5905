"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ContainerRow } from "./container-rows.ts";

/** The engine's own object, shown on demand: it holds the values of the environment, so the audit log says who looked. */
export function RawView({ row }: { row: ContainerRow }) {
  const { apiPath } = useCluster();
  const [text, setText] = useState<string>();
  const submit = useSubmit();
  const show = () =>
    submit.run(async () => {
      const raw = await api.text(apiPath(`/containers/${row.container.id}/raw`));
      setText(JSON.stringify(JSON.parse(raw), null, 2));
    });
  return (
    <div className="grid gap-3 px-5 py-4 max-sm:px-4">
      {text === undefined ? (
        <div className="flex flex-wrap items-center gap-3">
          <p className="text-ink-2">{t("containers.raw.hint")}</p>
          <Button disabled={submit.busy} onClick={() => void show()}>
            <Icon name="eye" size={14} />
            {t("containers.raw.show")}
          </Button>
        </div>
      ) : (
        <CodeBlock code={text} label={t("containers.view.raw")} />
      )}
      {submit.error !== undefined && (
        <Banner tone="bad" role="alert">
          {submit.error instanceof Error ? submit.error.message : String(submit.error)}
        </Banner>
      )}
    </div>
  );
}
