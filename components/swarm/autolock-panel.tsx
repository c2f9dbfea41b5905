"use client";

import "#lib/shared/i18n/pages/swarm-page.ts";
import { useState } from "react";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { SettingsPanelProps } from "./settings-panel.ts";

/** Autolock: a restarted manager waits for the unlock key. The key is shown once after turning it on. */
export function AutolockPanel({ settings, onChanged }: SettingsPanelProps) {
  const { may, blocked, apiPath } = useCluster();
  const ask = useAsk();
  const send = useSend();
  const [key, setKey] = useState<string>();
  const { autolock } = settings;

  const showKey = async () => {
    try {
      setKey((await api.get<{ key: string }>(apiPath("/swarm/unlock-key"))).key);
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), { id: "unlock-key" });
    }
  };
  const turn = async (on: boolean) => {
    const title = t(on ? "swarmPage.autolock.onTitle" : "swarmPage.autolock.offTitle");
    const verb = t(on ? "swarmPage.autolock.turnOn" : "swarmPage.autolock.turnOff");
    const sentence = t(on ? "swarmPage.autolock.onSentence" : "swarmPage.autolock.offSentence");
    if (!(await ask({ title, sentence, verb }))) return;
    const done = await send({
      method: "PATCH",
      path: "/swarm",
      body: { autolock: on },
      object: "swarm",
      title,
      verb,
    });
    if (!done) return;
    setKey(undefined);
    onChanged();
    if (on) await showKey();
  };
  const rotate = async () => {
    const title = t("swarmPage.autolock.rotateTitle");
    const verb = t("swarmPage.autolock.rotate");
    if (!(await ask({ title, sentence: t("swarmPage.autolock.rotateSentence"), verb }))) return;
    const body = { target: "unlock-key" };
    if (await send({ method: "POST", path: "/swarm/rotate", body, object: "swarm", title, verb }))
      await showKey();
  };
  const button = (words: string, run: () => Promise<void>) => (
    <Button reason={blocked ?? undefined} onClick={() => void run()}>
      {words}
    </Button>
  );
  return (
    <Panel
      title={t("swarmPage.autolock.title")}
      aside={
        <Tag tone={autolock ? "accent" : "quiet"}>
          {t(autolock ? "swarmPage.autolock.on" : "swarmPage.autolock.off")}
        </Tag>
      }
    >
      <div className="grid gap-3">
        <p className="text-ink-2">{t("swarmPage.autolock.lead")}</p>
        {key !== undefined && (
          <Banner tone="warn" title={t("swarmPage.autolock.keep")}>
            {t("swarmPage.autolock.keepHint")}
            <CodeBlock line code={key} label={t("swarmPage.autolock.key")} className="mt-2" />
          </Banner>
        )}
        {may("swarm.settings") && (
          <div className="flex flex-wrap gap-2">
            {autolock
              ? button(t("swarmPage.autolock.turnOff"), () => turn(false))
              : button(t("swarmPage.autolock.turnOn"), () => turn(true))}
            {autolock && key === undefined && button(t("swarmPage.autolock.showKey"), showKey)}
            {autolock && button(t("swarmPage.autolock.rotate"), rotate)}
          </div>
        )}
      </div>
    </Panel>
  );
}
