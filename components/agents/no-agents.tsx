"use client";

import "#lib/shared/i18n/pages/agents.ts";
import { StatePage } from "#components/states/state-page.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";
import { JoinPanel } from "./join-panel.tsx";
import { ReportingNodes } from "./reporting-nodes.tsx";

export interface NoAgentsProps {
  info: ClusterInfo;
  mayManage: boolean;
}

/** In place of every page of a cluster that only agents lead to, while none does: what to run where, and who is there. */
export function NoAgents({ info, mayManage }: NoAgentsProps) {
  const { name } = info;
  const { known, waiting, connected } = info.agents;
  if (known + waiting === 0) {
    return (
      <StatePage
        icon="plug"
        tone="quiet"
        title={t("agents.empty.title")}
        lead={t(mayManage ? "agents.empty.lead" : "agents.empty.leadViewer", { name })}
      >
        <Panel>{mayManage ? <JoinPanel cluster={info.id} /> : <ReportingNodes cluster={info.id} />}</Panel>
      </StatePage>
    );
  }
  return (
    <StatePage
      icon="plug"
      title={
        connected > 0
          ? t("agents.silent.title", { n: connected })
          : t("agents.away.title", { n: Math.max(1, known) })
      }
      lead={t(connected > 0 ? "agents.silent.lead" : "agents.away.lead", { name })}
    >
      <Panel>
        <ReportingNodes cluster={info.id} />
      </Panel>
    </StatePage>
  );
}
