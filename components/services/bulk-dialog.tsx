"use client";

import "#lib/shared/i18n/pages/bulk.ts";
import { useState } from "react";
import { markingOf } from "#components/cluster/marking.ts";
import type { Send } from "#components/cluster/use-send.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel, ServiceView } from "#lib/shared/model/types.ts";
import { type BulkKind, type BulkStep, bulkPlan } from "./bulk-plan.ts";
import type { ServiceRow } from "./service-rows.ts";

export interface BulkDialogProps {
  kind: BulkKind;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  rows: readonly ServiceRow[];
  model: ClusterModel;
  send: Send;
  onDone: () => void;
}

function request(kind: BulkKind, service: ServiceView, replicas: number) {
  const path = `/services/${encodeURIComponent(service.id)}`;
  const common = { object: service.name, title: service.name, verb: t(`services.action.${kind}`) };
  if (kind === "remove") return { ...common, method: "DELETE" as const, path };
  if (kind === "restart") return { ...common, method: "POST" as const, path: `${path}/restart`, body: {} };
  return { ...common, method: "POST" as const, path: `${path}/scale`, body: { replicas } };
}

/** One summary for all of them: what happens to each, what is left out and why. */
export function BulkDialog({ kind, open, onOpenChange, rows, model, send, onDone }: BulkDialogProps) {
  const [text, setText] = useState("1");
  const replicas = /^\d{1,5}$/.test(text.trim()) ? Number(text) : null;
  const steps = bulkPlan(model, rows, kind, replicas ?? 0);
  const todo = steps.filter((step) => !step.skipped);
  const isStopping = kind === "remove" || (kind === "scale" && replicas === 0);

  const run = async () => {
    if (kind === "scale" && replicas === null) throw new Error(t("services.bulk.number"));
    if (todo.length === 0) throw new Error(t("services.bulk.nothing"));
    const failed: string[] = [];
    for (const { row } of todo) {
      const done = await send({ ...request(kind, row.service, replicas ?? 0), quiet: true }).catch(
        (error: unknown) => {
          failed.push(error instanceof Error ? error.message : String(error));
          return true;
        },
      );
      if (!done) failed.push(t("services.bulk.notDone", { name: row.service.name }));
    }
    if (failed.length > 0) throw new Error(failed.join(" "));
    onDone();
  };

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(`services.bulk.${kind}Title`, { n: rows.length })}
      sentence={t(`services.bulk.${kind}Sentence`)}
      verb={t(`services.action.${kind}`)}
      danger={isStopping}
      onConfirm={run}
    >
      {kind === "scale" && (
        <TextField
          label={t("services.bulk.replicas")}
          inputMode="numeric"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={replicas === null && text !== "" ? t("services.bulk.number") : undefined}
          className="mb-3 w-40"
        />
      )}
      <ul className="max-h-64 overflow-y-auto rounded-2 border border-line">
        {steps.map((step) => (
          <StepLine key={step.row.service.id} step={step} />
        ))}
      </ul>
    </ConfirmDialog>
  );
}

function StepLine({ step }: { step: BulkStep }) {
  const { service } = step.row;
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0">
      <div className="flex items-center gap-2">
        <TaskMark state="running" hue={service.color.hue} marking={markingOf(service.color)} />
        <span className="min-w-0 flex-1 truncate font-medium" title={service.name}>
          {service.name}
        </span>
        <span className={step.skipped ? "text-12 text-ink-3" : "text-12 text-ink-2"}>
          {say(t, step.effect)}
        </span>
      </div>
      {step.warnings.map((warning) => (
        <p key={warning.key} className="mt-0.5 pl-5 text-12 text-warn">
          {say(t, warning)}
        </p>
      ))}
    </li>
  );
}
