"use client";

import "#lib/shared/i18n/pages/images.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { toast } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ImageItem } from "#lib/shared/images/types.ts";
import { imageName } from "./image-filter.ts";

export interface ImageDialogProps {
  item: ImageItem;
  /** The image may be different now. */
  onDone: () => void;
  onClose: () => void;
}

function tell({ warnings }: WriteAnswer<ImageItem>): void {
  if (warnings.length > 0) toast(warnings.join(" "), { id: "image warnings" });
}

/** Gives an image a further name. */
export function TagDialog({ item, onDone, onClose }: ImageDialogProps) {
  const { apiPath } = useCluster();
  const [tag, setTag] = useState(item.tags[0] ?? "");
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("images.tag.title", { name: imageName(item) })}
      sentence={t("images.tag.sentence")}
      verb={t("images.action.tag")}
      onConfirm={async () => {
        tell(await api.post(apiPath(`/images/${item.id}/tag`), { tag: tag.trim() }));
        onDone();
      }}
    >
      <TextField
        label={t("images.tag.field")}
        value={tag}
        mono
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setTag(event.target.value)}
      />
    </ConfirmDialog>
  );
}

/** Removes an image from one node or all, after saying who needs it. */
export function RemoveDialog({ item, onDone, onClose }: ImageDialogProps) {
  const { apiPath } = useCluster();
  const [node, setNode] = useState("");
  const [force, setForce] = useState(false);
  const users = [...new Set([...item.services, ...item.rollbacks].map(({ name }) => name))].join(", ");
  const n = node === "" ? item.nodes.length : 1;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("images.remove.title", { name: imageName(item) })}
      sentence={
        <>
          {t("images.remove.sentence", { n })} {users !== "" && t("images.remove.used", { services: users })}
        </>
      }
      verb={t("images.action.remove")}
      danger
      onConfirm={async () => {
        const query = new URLSearchParams({ force: String(force), ...(node !== "" && { node }) });
        tell(await api.delete(apiPath(`/images/${item.id}?${query}`)));
        onDone();
      }}
    >
      <div className="grid gap-3">
        {item.nodes.length > 1 && (
          <SelectField
            label={t("images.remove.where")}
            value={node}
            options={[
              { value: "", label: t("images.remove.everywhere") },
              ...item.nodes.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={setNode}
          />
        )}
        <CheckboxField label={t("images.remove.force")} checked={force} onCheckedChange={setForce} />
      </div>
    </ConfirmDialog>
  );
}
