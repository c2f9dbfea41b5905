"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import type { RebuiltStackFile } from "#lib/shared/api/resource-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

export interface AdoptProps {
  stack: string;
  onText: (text: string) => void;
}

/** For a stack that somebody else has deployed: writes the file that leads to what runs. */
export function Adopt({ stack, onText }: AdoptProps) {
  const { apiPath } = useCluster();
  const submit = useSubmit();
  const [left, setLeft] = useState<RebuiltStackFile["left"] | null>(null);
  const rebuild = () =>
    submit.run(async () => {
      const file = await api.get<RebuiltStackFile>(apiPath(`/stacks/${encodeURIComponent(stack)}/compose`));
      setLeft(file.left);
      onText(file.text);
    });
  const lost = Object.entries(left ?? {});
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">{t(left === null ? "deploy.unknownFile" : "deploy.adopt.done")}</p>
      {lost.length > 0 && (
        <Banner tone="warn">
          {t("deploy.adopt.left")}
          <ul className="mt-1">
            {lost.map(([service, paths]) => (
              <li key={service} className="break-words">
                <b className="font-medium">{service}</b>: <span className="mono">{paths.join(", ")}</span>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      <FormFailure error={submit.error} />
      {left === null && (
        <Button className="justify-self-start" disabled={submit.busy} onClick={() => void rebuild()}>
          {t("deploy.adopt.rebuild")}
        </Button>
      )}
    </div>
  );
}
