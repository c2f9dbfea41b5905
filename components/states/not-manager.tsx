"use client";

import "#lib/shared/i18n/pages/states.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";
import { StatePage } from "./state-page.tsx";
import { Trying } from "./trying.tsx";

/** Only workers answer: who the managers are, and the two ways out. */
export function NotManager({ info, onTryNow }: { info: ClusterInfo; onTryNow: () => void | Promise<void> }) {
  const name = info.engineName;
  const managers = info.remoteManagers;
  const setting = `DOCKER_HOST=tcp://${hostOf(managers[0]) ?? "MANAGER"}:2376`;
  return (
    <StatePage
      icon="nodes"
      title={name ? t("states.notManager.title", { name }) : t("states.notManager.titleNoName")}
      lead={t("states.notManager.lead")}
    >
      <Panel title={t("states.notManager.connect")}>
        <CodeBlock code={`${setting}\nDOCKER_TLS_VERIFY=1\nDOCKER_CERT_PATH=/certs`} highlight={[setting]} />
        {managers.length > 0 && (
          <p className="mt-2.5 text-ink-2">
            {t("states.notManager.managers")}: <span className="mono text-ink">{managers.join(", ")}</span>
          </p>
        )}
      </Panel>
      <Panel className="mt-4" title={t("states.notManager.promote")}>
        <CodeBlock line code={`docker node promote ${name ?? "NODE"}`} />
      </Panel>
      <Trying onTryNow={onTryNow} />
    </StatePage>
  );
}

/** The host of "host:port"; IPv6 keeps its brackets. */
function hostOf(address: string | undefined): string | undefined {
  return address?.replace(/:\d+$/, "");
}
