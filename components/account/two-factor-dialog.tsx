"use client";

import "#lib/shared/i18n/pages/account.ts";
import { type FormEvent, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import type { RecoveryCodes as Codes, TwoFactorSetup } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { ProveForm } from "./prove-form.tsx";
import { QrCode } from "./qr-code.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** What the dialog is for. */
export type TwoFactorPurpose = "setUp" | "turnOff" | "recovery";

export interface TwoFactorDialogProps {
  purpose: TwoFactorPurpose;
  onClose: () => void;
  /** It is on, off, or has other recovery codes now. */
  onChanged: () => void;
}

const titles = {
  setUp: "account.twoFactorSetUp",
  turnOff: "account.twoFactorTurnOffTitle",
  recovery: "account.recoveryTitle",
} as const;

/** Password first; then the QR code and a first code; then the recovery codes. */
export function TwoFactorDialog({ purpose, onClose, onChanged }: TwoFactorDialogProps) {
  const [setup, setSetup] = useState<TwoFactorSetup>();
  const [codes, setCodes] = useState<readonly string[]>();

  const prove = async (current: string) => {
    if (purpose === "setUp") {
      setSetup(await api.post<TwoFactorSetup>("/me/two-factor", { current }));
      return;
    }
    if (purpose === "turnOff") {
      await api.post("/me/two-factor/disable", { current });
      onChanged();
      onClose();
      return;
    }
    setCodes((await api.post<Codes>("/me/two-factor/recovery-codes", { current })).recoveryCodes);
    onChanged();
  };
  const leads = {
    setUp: t("account.twoFactorLead"),
    turnOff: t("account.twoFactorTurnOffLead"),
    recovery: t("account.recoveryNewLead"),
  };
  const verbs = {
    setUp: t("account.goOn"),
    turnOff: t("account.twoFactorTurnOff"),
    recovery: t("account.recoveryMake"),
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(codes ? titles.recovery : titles[purpose])}
    >
      {codes ? (
        <RecoveryCodes codes={codes} onDone={onClose} />
      ) : setup ? (
        <FirstCode
          setup={setup}
          onTurnedOn={(made) => {
            setCodes(made);
            onChanged();
          }}
        />
      ) : (
        <ProveForm verb={verbs[purpose]} danger={purpose === "turnOff"} onProve={prove}>
          <p className="text-ink-2">{leads[purpose]}</p>
        </ProveForm>
      )}
    </Dialog>
  );
}

interface FirstCodeProps {
  setup: TwoFactorSetup;
  onTurnedOn: (codes: readonly string[]) => void;
}

/** The secret as picture and text, and the first code that shows the app has it. */
function FirstCode({ setup, onTurnedOn }: FirstCodeProps) {
  const submit = useSubmit();
  const { fields, form } = formProblems(submit.error, ["code"]);
  const [missing, setMissing] = useState(false);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code") ?? "").replace(/\s/g, "");
    setMissing(!/^\d{6}$/.test(code));
    if (!/^\d{6}$/.test(code)) return;
    void submit.run(async () => {
      onTurnedOn((await api.post<Codes>("/me/two-factor/confirm", { code })).recoveryCodes);
    });
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-4">
      <p className="text-ink-2">{t("account.scan")}</p>
      <div className="flex justify-center">
        <QrCode text={setup.uri} label={t("account.qr")} />
      </div>
      <div>
        <p className="mb-[5px] font-medium">{t("account.secret")}</p>
        <CodeBlock code={setup.secret} line label={t("account.secret")} />
      </div>
      <TextField
        label={t("account.firstCode")}
        hint={t("account.firstCodeHint")}
        name="code"
        mono
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        spellCheck={false}
        autoFocus
        error={missing ? t("account.firstCodeHint") : fields.code}
      />
      {form && (
        <Banner tone="bad" role="alert">
          {form}
        </Banner>
      )}
      <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
        {t("account.turnOn")}
      </Button>
    </form>
  );
}
