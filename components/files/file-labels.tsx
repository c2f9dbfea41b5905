"use client";

import "#lib/shared/i18n/pages/node-dialogs.ts";
import "#lib/shared/i18n/pages/files.ts";
import { LabelForm } from "#components/nodes/label-editor.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { FileDetail } from "#lib/shared/swarm-files/types.ts";

/** The labels of a secret or config: all that swarm lets anybody change of it. */
export function FileLabels({ detail: { kind, item }, onClose }: { detail: FileDetail; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={t("nodes.labels.title", { name: item.name })}
      description={t("files.labelsLead")}
    >
      <LabelForm
        path={`/${kind}s/${encodeURIComponent(item.id)}`}
        name={item.name}
        labels={item.labels}
        onDone={onClose}
      />
    </Dialog>
  );
}
