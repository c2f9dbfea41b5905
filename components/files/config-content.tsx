"use client";

import "#lib/shared/i18n/pages/files.ts";
import "#lib/shared/i18n/pages/resources.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { useListed } from "#components/resources/use-listed.ts";
import { DiffView } from "#components/revisions/diff-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import type { ConfigData, ConfigItem, ResourceItem } from "#lib/shared/api/resource-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { lineDiff, withContext } from "#lib/shared/line-diff.ts";

/** What a config holds, and how that differs from another: read when asked for, by those who may, and written down. */
export function ConfigContent({ item }: { item: Pick<ResourceItem, "id" | "name"> }) {
  const { may, apiPath } = useCluster();
  const [data, setData] = useState<ConfigData | null>(null);
  const [other, setOther] = useState<ConfigData | null>(null);
  const submit = useSubmit();
  if (!may("config.reveal")) return null;
  const read = (id: string) => api.get<ConfigData>(apiPath(`/configs/${encodeURIComponent(id)}/data`));
  const show = () => submit.run(async () => setData(await read(item.id)));
  const compare = (id: string) =>
    submit.run(async () => {
      setOther(id === "" ? null : await read(id));
      if (data === null) setData(await read(item.id));
    });
  return (
    <Panel
      title={t("files.content.title")}
      aside={
        data && (
          <span className="text-12 text-ink-3">
            {t("resources.revealed", { size: formatBytes(data.size) })}
          </span>
        )
      }
    >
      <div className="grid min-w-0 gap-3">
        <div className="flex flex-wrap items-end gap-3">
          {data === null && (
            <Button disabled={submit.busy} title={t("services.spec.showHint")} onClick={() => void show()}>
              <Icon name="eye" size={14} />
              {t("resources.reveal")}
            </Button>
          )}
          <CompareWith id={item.id} value={other?.id ?? ""} onChange={(id) => void compare(id)} />
        </div>
        <FormFailure error={submit.error} />
        {data !== null && other !== null ? (
          <Difference before={other} after={data} />
        ) : (
          data !== null && <Content data={data} />
        )}
      </div>
    </Panel>
  );
}

function CompareWith({ id, value, onChange }: { id: string; value: string; onChange: (id: string) => void }) {
  const { data } = useListed<ListAnswer<ConfigItem>>("/configs", null);
  const others = (data?.items ?? []).filter((each) => each.id !== id);
  if (others.length === 0) return null;
  return (
    <SelectField
      label={t("files.compare.with")}
      className="w-64 max-w-full"
      value={value}
      options={[
        { value: "", label: t("files.compare.none") },
        ...others.map((each) => ({ value: each.id, label: each.name })),
      ]}
      onChange={onChange}
    />
  );
}

function Difference({ before, after }: { before: ConfigData; after: ConfigData }) {
  if (before.base64 === after.base64) return <p className="text-ink-2">{t("files.compare.same")}</p>;
  if (before.text === null || after.text === null) {
    return <p className="text-ink-2">{t("files.compare.binary")}</p>;
  }
  return (
    <>
      <p className="text-ink-2">{t("files.compare.lead", { from: before.name, to: after.name })}</p>
      <DiffView label={t("files.compare.label")} parts={withContext(lineDiff(before.text, after.text))} />
    </>
  );
}

function Content({ data }: { data: ConfigData }) {
  if (data.text !== null) return <CodeBlock code={data.text} label={data.name} />;
  return (
    <>
      <p className="text-ink-2">{t("resources.binary")}</p>
      <CodeBlock
        code={data.base64}
        label={data.name}
        className="[&_pre]:break-all [&_pre]:whitespace-pre-wrap"
      />
    </>
  );
}
