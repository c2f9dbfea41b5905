"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useState } from "react";
import type { Send } from "#components/cluster/use-send.ts";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { actionSentence } from "./action-words.ts";
import { isAlive } from "./container-actions.ts";
import type { ContainerRow } from "./container-rows.ts";

export interface ContainerDialogProps {
  row: ContainerRow;
  verb: "signal" | "rename" | "remove";
  send: Send;
  /** True: it was done. */
  onClose: (done: boolean) => void;
}

/** The actions that need an answer first: another name, which signal, what goes with it. */
export function ContainerDialog({ verb, ...props }: ContainerDialogProps) {
  if (verb === "rename") return <RenameDialog {...props} />;
  return verb === "signal" ? <SignalDialog {...props} /> : <RemoveDialog {...props} />;
}

type PartProps = Omit<ContainerDialogProps, "verb">;
const closer = (onClose: PartProps["onClose"]) => (open: boolean) => !open && onClose(false);
const path = (row: ContainerRow, action = "") => `/containers/${row.container.id}${action}`;

function RenameDialog({ row, send, onClose }: PartProps) {
  const { container } = row;
  const [name, setName] = useState(container.name);
  const title = t("containers.action.renameName", { name: row.name });
  const verb = t("containers.action.rename");
  return (
    <ConfirmDialog
      open
      onOpenChange={closer(onClose)}
      title={title}
      sentence={t("containers.ask.rename", { node: container.nodeName })}
      verb={verb}
      onConfirm={async () => {
        const request = { method: "POST", path: path(row, "/rename"), body: { name: name.trim() } } as const;
        if (await send({ ...request, object: container.name, title, verb, quiet: true })) onClose(true);
      }}
    >
      <TextField
        label={t("containers.field.name")}
        value={name}
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
      />
    </ConfirmDialog>
  );
}

function SignalDialog({ row, send, onClose }: PartProps) {
  const { container } = row;
  const [signal, setSignal] = useState("SIGHUP");
  const title = t("containers.action.signalName", { name: row.name });
  const verb = t("containers.action.signal");
  return (
    <ConfirmDialog
      open
      onOpenChange={closer(onClose)}
      title={title}
      sentence={t("containers.ask.signal", { name: row.name, node: container.nodeName })}
      verb={verb}
      onConfirm={async () => {
        const body = { signal: signal.trim().toUpperCase() };
        const request = { method: "POST", path: path(row, "/kill"), body } as const;
        if (await send({ ...request, object: container.name, title, verb, quiet: true })) onClose(true);
      }}
    >
      <TextField
        label={t("containers.field.signal")}
        hint={t("containers.field.signalHint")}
        value={signal}
        mono
        autoFocus
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setSignal(event.target.value)}
      />
    </ConfirmDialog>
  );
}

function RemoveDialog({ row, send, onClose }: PartProps) {
  const { container } = row;
  const [volumes, setVolumes] = useState(false);
  const title = t("containers.action.removeName", { name: row.name });
  const verb = t("containers.action.remove");
  const sentence = actionSentence(row, "remove");
  return (
    <ConfirmDialog
      open
      onOpenChange={closer(onClose)}
      title={title}
      sentence={
        isAlive(row) ? `${t("containers.ask.removeRunning", { name: row.name })} ${sentence}` : sentence
      }
      verb={verb}
      danger
      onConfirm={async () => {
        const query = { force: String(isAlive(row)), volumes: String(volumes) };
        const request = { method: "DELETE", path: path(row), query } as const;
        if (await send({ ...request, object: container.name, title, verb, quiet: true })) onClose(true);
      }}
    >
      <CheckboxField
        label={t("containers.field.volumes")}
        hint={t("containers.field.volumesHint")}
        checked={volumes}
        onCheckedChange={setVolumes}
      />
    </ConfirmDialog>
  );
}
