"use client";

import "#lib/shared/i18n/pages/webhooks.ts";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type NewWebhook, type WebhookKind, webhookPath } from "#lib/shared/webhooks/types.ts";
import type { WebhooksPanelProps } from "./webhooks-panel.tsx";

export interface CreateWebhookDialogProps extends WebhooksPanelProps {
  onClose: () => void;
  onMade: () => void;
}

/** Makes a webhook and shows this once how it is called. */
export function CreateWebhookDialog({ kind, object, onClose, onMade }: CreateWebhookDialogProps) {
  const { apiPath } = useCluster();
  const [token, setToken] = useState<string>();
  const [name, setName] = useState("");
  const [isSent, setSent] = useState(false);
  const submit = useSubmit();
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (name.trim() === "") return;
    void submit.run(async () => {
      const made = await api.post<NewWebhook>(apiPath("/webhooks"), { kind, object, name: name.trim() });
      setToken(made.token);
      onMade();
    });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("webhooks.add")}>
      {token === undefined ? (
        <form onSubmit={send} noValidate className="grid gap-4">
          <TextField
            label={t("webhooks.name")}
            hint={t("webhooks.nameHint")}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={isSent && name.trim() === "" ? t("webhooks.nameMissing") : undefined}
            maxLength={64}
            autoFocus
            autoComplete="off"
          />
          <FormFailure error={submit.error} withFields />
          <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
            {t("webhooks.make")}
          </Button>
        </form>
      ) : (
        <Made kind={kind} token={token} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Made({ kind, token, onClose }: { kind: WebhookKind; token: string; onClose: () => void }) {
  const address = `${window.location.origin}${webhookPath}`;
  const wrapped = "[&_pre]:break-all [&_pre]:whitespace-pre-wrap";
  return (
    <div className="grid gap-3">
      <Banner tone="info">{t("webhooks.shown")}</Banner>
      <div>
        <p className="mb-[5px] font-medium">{t("webhooks.withHeader")}</p>
        <CodeBlock
          code={`curl -X POST -H "Authorization: Bearer ${token}" ${address}`}
          label={t("webhooks.withHeader")}
          className={wrapped}
        />
      </div>
      <div>
        <p className="mb-[5px] font-medium">{t("webhooks.withPath")}</p>
        <CodeBlock code={`${address}/${token}`} label={t("webhooks.withPath")} className={wrapped} />
      </div>
      <p className="text-12 text-ink-3">{t(`webhooks.tagHint.${kind}`)}</p>
      <Button variant="primary" autoFocus className="justify-self-end" onClick={onClose}>
        {t("webhooks.done")}
      </Button>
    </div>
  );
}
