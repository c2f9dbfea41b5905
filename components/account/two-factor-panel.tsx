"use client";

import "#lib/shared/i18n/pages/account.ts";
import { useState } from "react";
import useSWR from "swr";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { api } from "#lib/client/api.ts";
import type { TwoFactorInfo } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { TwoFactorPurpose } from "./two-factor-dialog.tsx";

// With it comes the drawing of QR codes.
const TwoFactorDialog = later(async () => (await import("./two-factor-dialog.tsx")).TwoFactorDialog);

/** Below this many recovery codes the panel says so in amber. */
const fewCodes = 3;

/** The second factor of the own account: on or off, and its recovery codes. */
export function TwoFactorPanel({ initial }: { initial: TwoFactorInfo }) {
  const [purpose, setPurpose] = useState<TwoFactorPurpose>();
  const { data: info, mutate } = useSWR("/me/two-factor", (path) => api.get<TwoFactorInfo>(path), {
    fallbackData: initial,
    revalidateOnMount: false,
  });
  return (
    <Panel title={t("account.twoFactor")}>
      {info.enabled ? (
        <On info={info} onChoose={setPurpose} />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-60 flex-1 text-ink-2">
            {t("account.twoFactorOff")} <span className="text-ink-3">{t("account.twoFactorLead")}</span>
          </p>
          <Button onClick={() => setPurpose("setUp")}>
            <Icon name="shield" size={14} />
            {t("account.twoFactorSetUp")}
          </Button>
        </div>
      )}
      {purpose && (
        <TwoFactorDialog
          purpose={purpose}
          onClose={() => setPurpose(undefined)}
          onChanged={() => void mutate()}
        />
      )}
    </Panel>
  );
}

function On({ info, onChoose }: { info: TwoFactorInfo; onChoose: (purpose: TwoFactorPurpose) => void }) {
  const { recoveryCodesLeft: left } = info;
  const since = info.since === null ? "" : new Date(info.since).toISOString().slice(0, 10);
  const words = left === 0 ? t("account.recoveryNone") : t("account.recoveryLeft", { n: left });
  return (
    <div className="grid gap-3">
      <p className="flex items-start gap-2">
        <Icon name="shield" className="mt-px text-ok" />
        {t("account.twoFactorOn", { date: since })}
      </p>
      {left < fewCodes ? <Banner tone="warn">{words}</Banner> : <p className="text-ink-2">{words}</p>}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onChoose("recovery")}>{t("account.recoveryNew")}</Button>
        <Button variant="danger" onClick={() => onChoose("turnOff")}>
          {t("account.twoFactorTurnOff")}
        </Button>
      </div>
    </div>
  );
}
