"use client";

import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { FactList, Panel } from "#components/ui/panel.tsx";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { SpecField, SpecGroup } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PortView } from "#lib/shared/model/types.ts";
import type { Permission } from "#lib/shared/roles.ts";
import { PortLinks } from "./port-links.tsx";

export interface SpecPanelProps {
  ports: readonly PortView[];
  /** Where values of the environment are asked for, and who may. */
  env: { readonly path: string; readonly permission: Permission };
  groups: readonly SpecGroup[];
  nodeAddress: string | null;
}

/** The specification in readable form. Values of the environment are shown on demand, which is audited. */
export function SpecPanel({ ports, env, groups, nodeAddress }: SpecPanelProps) {
  const published = ports.some((port) => port.published !== null);
  return (
    <Panel title={t("services.spec.title")} bare>
      <div className="px-3.5 pt-3 pb-3.5">
        {published && (
          <p className="mb-3 flex items-center gap-3">
            <span className="text-ink-3">{t("services.spec.open")}</span>
            <PortLinks ports={ports} nodeAddress={nodeAddress} limit={12} />
          </p>
        )}
        {groups.map((group, index) => (
          <section key={group.title} className={index === 0 ? "" : "mt-3 border-t border-line pt-3"}>
            {group.fields.some((field) => field.masked) ? (
              <Environment env={env} group={group} />
            ) : (
              <>
                <h3 className="mb-1.5 text-11 font-medium text-ink-3">{group.title}</h3>
                <FactList
                  facts={group.fields.map((field) => ({
                    label: field.label,
                    value: <Value field={field} />,
                  }))}
                />
              </>
            )}
          </section>
        ))}
      </div>
    </Panel>
  );
}

const longest = 2000;

function Value({ field }: { field: SpecField }) {
  if (typeof field.value === "string")
    return <span className="break-words">{field.value.slice(0, longest)}</span>;
  return (
    <ul className="grid gap-1">
      {field.value.map((line) => (
        <li key={line} className="mono break-all">
          {line.slice(0, longest)}
        </li>
      ))}
    </ul>
  );
}

function namesOf(group: SpecGroup): readonly string[] {
  return group.fields.flatMap((field) => {
    if (!field.masked) return [];
    return typeof field.value === "string" ? [field.label] : field.value;
  });
}

/** Names of the variables, and their values once asked for. */
function Environment({ env, group }: { env: SpecPanelProps["env"]; group: SpecGroup }) {
  const { may, apiPath } = useCluster();
  const [values, setValues] = useState<readonly string[]>();
  const [isBusy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    try {
      setValues((await api.get<{ items: readonly string[] }>(apiPath(env.path))).items);
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), { id: "env" });
    } finally {
      setBusy(false);
    }
  };
  const lines = (values ?? namesOf(group)).map((text) => {
    const at = text.indexOf("=");
    return at < 0 ? { name: text, value: null } : { name: text.slice(0, at), value: text.slice(at + 1) };
  });
  return (
    <>
      <div className="mb-1.5 flex min-h-[26px] items-center gap-2">
        <h3 className="flex-1 text-11 font-medium text-ink-3">{group.title}</h3>
        {values ? (
          <Button variant="ghost" size="sm" onClick={() => setValues(undefined)}>
            <Icon name="eye-off" size={14} />
            {t("services.spec.hide")}
          </Button>
        ) : may(env.permission) ? (
          <Button
            variant="ghost"
            size="sm"
            disabled={isBusy}
            title={t("services.spec.showHint")}
            onClick={() => void show()}
          >
            <Icon name="eye" size={14} />
            {t("services.spec.show")}
          </Button>
        ) : (
          <span className="text-12 text-ink-3">{t("services.spec.envReason")}</span>
        )}
      </div>
      <dl className="mono grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(80px,auto)_minmax(0,1fr)]">
        {lines.map((line) => (
          <div key={line.name} className="contents">
            <dt className="break-all text-ink-2">{line.name}</dt>
            <dd className="min-w-0 break-all">
              {line.value ?? (
                <>
                  <span aria-hidden="true" className="text-ink-3">
                    ••••••••
                  </span>
                  <span className="sr-only">{t("services.spec.masked")}</span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
