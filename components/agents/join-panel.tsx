"use client";

import "#lib/shared/i18n/pages/agents.ts";
import { useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { withScope } from "#lib/shared/agent/deploy-texts.ts";
import { type AgentScope, agentScopes } from "#lib/shared/agent/scope.ts";
import type { JoinInfo } from "#lib/shared/api/agent-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { JoinKey } from "./join-key.tsx";
import { ReportingNodes } from "./reporting-nodes.tsx";

export interface JoinPanelProps {
  cluster: string;
  /** It is known to be a single engine. */
  isEngine?: boolean;
}

type Where = "swarm" | "engine";

/** How nodes come in: the key on demand, what to run where, and who has reported in meanwhile. */
export function JoinPanel({ cluster, isEngine = false }: JoinPanelProps) {
  const [where, setWhere] = useState<Where>(isEngine ? "engine" : "swarm");
  const [scope, setScope] = useState<AgentScope>("exec");
  const [info, setInfo] = useState<JoinInfo>();
  const { busy, error, run } = useSubmit();
  const path = `/clusters/${encodeURIComponent(cluster)}/agents/join`;
  const read = async () => setInfo(await api.get<JoinInfo>(path));
  const replace = (hours: number | null) =>
    run(async () => {
      await api.post(`${path}/rotate`, { hours });
      await read();
    });
  return (
    <div data-slot="join-panel" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Segmented
        label={t("agents.join.where")}
        value={where}
        onChange={setWhere}
        options={[
          { value: "swarm", label: t("agents.join.swarm") },
          { value: "engine", label: t("agents.join.engine") },
        ]}
        className="justify-self-start"
      />
      <RadioGroup
        label={t("agents.join.scope")}
        value={scope}
        onChange={setScope}
        options={agentScopes.toReversed().map((value) => ({
          value,
          label: t(`agents.scope.${value}`),
          hint: t(`agents.scopeHint.${value}`),
        }))}
      />
      {info ? (
        <>
          <Texts info={withScope(info, scope)} where={where} />
          <JoinKey info={info} busy={busy} onReplace={replace} />
        </>
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button variant="primary" disabled={busy} onClick={() => void run(read)}>
            <Icon name="eye" size={14} />
            {t("agents.join.show")}
          </Button>
          <p className="min-w-60 flex-1 text-12 text-ink-3">{t("agents.join.showHint")}</p>
        </div>
      )}
      {error !== undefined && (
        <Banner tone="bad" role="alert">
          {error instanceof Error ? error.message : String(error)}
        </Banner>
      )}
      <ReportingNodes cluster={cluster} />
    </div>
  );
}

function Texts({ info, where }: { info: JoinInfo; where: Where }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {!info.encrypted && <Banner tone="warn">{t("agents.join.plain", { server: info.server })}</Banner>}
      {where === "engine" ? (
        <Code label={t("agents.join.runCommand")} code={info.runCommand} />
      ) : (
        <>
          <Code label={t("agents.join.stackFile")} code={info.stackFile} file="shoal-agents.yml" />
          <Code label={t("agents.join.stackCommands")} code={info.stackCommands} />
        </>
      )}
    </div>
  );
}

/** A labelled text to copy, and to save where it is a file. */
function Code({ label, code, file }: { label: string; code: string; file?: string }) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([code], { type: "application/yaml" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = file ?? "";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex min-h-[26px] items-center gap-2">
        <p className="flex-1 font-medium">{label}</p>
        {file && (
          <Button size="sm" onClick={save}>
            <Icon name="download" size={14} />
            {t("agents.join.download")}
          </Button>
        )}
      </div>
      <CodeBlock code={code} label={label} className="[&_pre]:max-h-56 [&_pre]:overflow-y-auto" />
    </div>
  );
}
