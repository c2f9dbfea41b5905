"use client";

import "#lib/shared/i18n/pages/volumes.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { nameToText, shownName } from "#lib/shared/volumes/file-path.ts";
import type { VolumeFile } from "#lib/shared/volumes/files.ts";

/** What is to be asked: about an entry, or for a new folder. */
export type FileQuestion =
  | { readonly verb: "rename" | "delete"; readonly file: VolumeFile }
  | { readonly verb: "folder"; readonly file: null };

export interface FileDialogProps {
  question: FileQuestion;
  /** The path of the volume in the API. */
  volumePath: string;
  node: string;
  /** The path of an entry of the folder. */
  pathOf: (name: string) => string;
  folder: string;
  onClose: (done: boolean) => void;
}

/** Asks for a name, or before something is lost. */
export function FileDialog({ question, volumePath, node, pathOf, folder, onClose }: FileDialogProps) {
  const { apiPath } = useCluster();
  const { verb, file } = question;
  const shown = file === null ? "" : shownName(file.name);
  const [name, setName] = useState(shown);
  const query = (values: Record<string, string>) => new URLSearchParams({ node, ...values });
  const written = nameToText(new TextEncoder().encode(name));
  const words = {
    folder: [
      t("volumes.file.folder"),
      t("volumes.file.folderAsk", { path: folder }),
      t("volumes.create.make"),
    ],
    rename: [
      t("volumes.file.renameName", { name: shown }),
      t("volumes.file.renameAsk"),
      t("volumes.file.rename"),
    ],
    delete: [
      t("volumes.file.deleteName", { name: shown }),
      t(file?.kind === "folder" ? "volumes.file.deleteFolderAsk" : "volumes.file.deleteAsk"),
      t("volumes.file.delete"),
    ],
  } as const;
  const [title, sentence, button] = words[verb];
  const run = async () => {
    const base = apiPath(volumePath);
    if (verb === "folder") await api.post(`${base}/folder?${query({})}`, { path: pathOf(written) });
    else if (verb === "rename") {
      await api.post(`${base}/rename?${query({})}`, { path: pathOf(file.name), to: written });
    } else {
      const all = file.kind === "folder" ? "1" : "0";
      await api.delete(`${base}/file?${query({ path: pathOf(file.name), all })}`);
    }
    onClose(true);
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose(false)}
      title={title}
      sentence={sentence}
      verb={button}
      danger={verb === "delete"}
      onConfirm={run}
    >
      {verb !== "delete" && (
        <TextField
          label={t("volumes.file.name")}
          value={name}
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
      )}
    </ConfirmDialog>
  );
}
