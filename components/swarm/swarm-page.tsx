"use client";

import "#lib/shared/i18n/pages/swarm-page.ts";
import { useState } from "react";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { useSend } from "#components/cluster/use-send.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { JoinDialog } from "#components/nodes/join-dialog.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { FactList, Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { toast } from "#components/ui/toast.ts";
import type { SwarmSettings } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { AutolockPanel } from "./autolock-panel.tsx";
import { NumberSetting } from "./number-setting.tsx";
import type { SettingsPanelProps } from "./settings-panel.ts";

/** Settings of the swarm: readable by all, changeable by admins. */
export function SwarmPage({ initial }: { initial: SwarmSettings | null }) {
  const { model, freshness, may } = useCluster();
  const detail = useDetail<SwarmSettings>("/swarm", initial, [model.info.swarmId]);
  const settings = detail.data;
  return (
    <>
      <PageHead title={t("swarmPage.title")} freshness={freshness} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {settings === null ? (
          detail.error ? (
            <ErrorState message={detail.error.message} onRetry={detail.reload} />
          ) : (
            <LoadingRows rows={6} />
          )
        ) : (
          <div className="mx-auto grid w-full max-w-[820px] gap-4 px-5 py-4 max-sm:px-4">
            {!may("swarm.settings") && <Banner>{t("swarmPage.adminOnly")}</Banner>}
            <AutolockPanel settings={settings} onChanged={detail.reload} />
            <HistoryPanel settings={settings} onChanged={detail.reload} />
            <CertificatesPanel settings={settings} onChanged={detail.reload} />
            {may("swarm.tokens") && <TokensPanel />}
            <FactsPanel settings={settings} />
          </div>
        )}
      </div>
    </>
  );
}

function HistoryPanel({ settings, onChanged }: SettingsPanelProps) {
  return (
    <Panel title={t("swarmPage.history.title")}>
      <NumberSetting
        label={t("swarmPage.history.label")}
        hint={t("swarmPage.history.hint")}
        name="taskHistoryLimit"
        value={settings.taskHistoryLimit}
        min={0}
        max={1000}
        onChanged={onChanged}
      />
    </Panel>
  );
}

const hoursPerDay = 24;

function CertificatesPanel({ settings, onChanged }: SettingsPanelProps) {
  const { may, blocked } = useCluster();
  const ask = useAsk();
  const send = useSend();
  const rotate = async () => {
    const yes = await ask({
      title: t("swarmPage.certs.rotateTitle"),
      sentence: t("swarmPage.certs.rotateSentence"),
      verb: t("swarmPage.certs.rotate"),
    });
    if (!yes) return;
    const done = await send({
      method: "POST",
      path: "/swarm/rotate",
      body: { target: "ca" },
      object: "swarm",
      title: t("swarmPage.certs.rotateTitle"),
      verb: t("swarmPage.certs.rotate"),
    });
    if (done) toast(t("swarmPage.certs.rotating"), { id: "ca" });
    onChanged();
  };
  return (
    <Panel title={t("swarmPage.certs.title")}>
      <div className="grid gap-4">
        {settings.rootRotationInProgress && <Banner role="status">{t("swarmPage.certs.inProgress")}</Banner>}
        <NumberSetting
          label={t("swarmPage.certs.label")}
          hint={t("swarmPage.certs.hint", { days: Math.round(settings.nodeCertExpiryHours / hoursPerDay) })}
          name="nodeCertExpiryHours"
          value={settings.nodeCertExpiryHours}
          min={1}
          max={876_000}
          onChanged={onChanged}
        />
        {may("swarm.settings") && (
          <div className="flex flex-wrap items-center gap-3 border-t border-line pt-3">
            <p className="min-w-60 flex-1 text-ink-2">{t("swarmPage.certs.rotateLead")}</p>
            <Button reason={blocked ?? undefined} onClick={() => void rotate()}>
              {t("swarmPage.certs.rotate")}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function TokensPanel() {
  const { blocked } = useCluster();
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel title={t("swarmPage.tokens.title")}>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-60 flex-1 text-ink-2">{t("swarmPage.tokens.lead")}</p>
        <Button reason={blocked ?? undefined} onClick={() => setOpen(true)}>
          {t("swarmPage.tokens.show")}
        </Button>
      </div>
      <JoinDialog open={isOpen} onOpenChange={setOpen} />
    </Panel>
  );
}

function FactsPanel({ settings }: { settings: SwarmSettings }) {
  return (
    <Panel title={t("swarmPage.facts.title")}>
      <FactList
        facts={[
          { label: t("swarmPage.facts.id"), value: <code className="mono break-all">{settings.id}</code> },
          { label: t("swarmPage.facts.created"), value: <RelativeTime at={settings.createdAt} ago /> },
          {
            label: t("swarmPage.facts.heartbeat"),
            value: t("format.seconds", { n: settings.heartbeatSeconds }),
          },
          {
            label: t("swarmPage.facts.snapshot"),
            value: t("swarmPage.facts.snapshotEvery", { n: settings.snapshotInterval }),
          },
          { label: t("swarmPage.facts.pools"), value: settings.defaultAddressPools.join(", ") },
          {
            label: t("swarmPage.facts.dataPort"),
            value: settings.dataPathPort === null ? null : String(settings.dataPathPort),
          },
        ]}
      />
    </Panel>
  );
}
