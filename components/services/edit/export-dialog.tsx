"use client";

import "#lib/shared/i18n/pages/edit.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";

interface ExportDialogProps {
  service: { readonly id: string; readonly name: string };
  onClose: () => void;
}

/** The service as a command or a compose file, made when it is asked for: it holds every value, so asking is audited. */
export function ExportDialog({ service, onClose }: ExportDialogProps) {
  const { apiPath } = useCluster();
  const submit = useSubmit();
  const [made, setMade] = useState<{ as: "cli" | "compose"; text: string }>();
  const make = (as: "cli" | "compose") =>
    submit.run(async () => {
      const path = apiPath(`/services/${encodeURIComponent(service.id)}/export?as=${as}`);
      setMade({ as, text: await api.text(path) });
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={t("edit.export.title", { name: service.name })}
      description={t("edit.export.lead")}
    >
      <div className="grid gap-3">
        <div className="flex flex-wrap gap-2">
          <Button disabled={submit.busy} aria-pressed={made?.as === "cli"} onClick={() => void make("cli")}>
            {t("edit.export.cli")}
          </Button>
          <Button
            disabled={submit.busy}
            aria-pressed={made?.as === "compose"}
            onClick={() => void make("compose")}
          >
            {t("edit.export.compose")}
          </Button>
        </div>
        <FormFailure error={submit.error} />
        {made && <CodeBlock code={made.text} label={t(`edit.export.${made.as}`)} />}
      </div>
    </Dialog>
  );
}
