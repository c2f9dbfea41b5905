"use client";

import "#lib/shared/i18n/pages/bulk.ts";
import "#lib/shared/i18n/pages/containers.ts";
import { useState } from "react";
import { markingOf } from "#components/cluster/marking.ts";
import type { Send } from "#components/cluster/use-send.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type BulkKind, type BulkStep, bulkPlan } from "./bulk-plan.ts";
import { isAlive } from "./container-actions.ts";
import type { ContainerRow } from "./container-rows.ts";

export interface BulkDialogProps {
  kind: BulkKind;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  rows: readonly ContainerRow[];
  send: Send;
  onDone: () => void;
}

/** At most this many calls are under way at once: a stop may take ten seconds. */
const atOnce = 6;

function request(kind: BulkKind, row: ContainerRow) {
  const { id, name } = row.container;
  const common = {
    object: name,
    title: row.name,
    verb: t(`containers.action.${kind}`),
    quiet: true,
  } as const;
  const path = `/containers/${id}`;
  if (kind === "remove")
    return { ...common, method: "DELETE" as const, path, query: { force: String(isAlive(row)) } };
  return { ...common, method: "POST" as const, path: `${path}/${kind}`, body: {} };
}

/** Does the steps and answers what went wrong, one sentence each. */
async function runAll(kind: BulkKind, steps: readonly BulkStep[], send: Send): Promise<readonly string[]> {
  const waiting = [...steps];
  const failed: string[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { row } = step;
      try {
        if (!(await send(request(kind, row)))) failed.push(t("services.bulk.notDone", { name: row.name }));
      } catch (error) {
        failed.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failed;
}

/** One summary for all of them: what happens to each, what is left out and why. */
export function BulkDialog({ kind, open, onOpenChange, rows, send, onDone }: BulkDialogProps) {
  // What the person agreed to is done, whatever the list says by then.
  const [steps] = useState(() => bulkPlan(rows, kind));
  const todo = steps.filter((step) => !step.skipped);
  const run = async () => {
    if (todo.length === 0) throw new Error(t("services.bulk.nothing"));
    const failed = await runAll(kind, todo, send);
    if (failed.length > 0) throw new Error(failed.join(" "));
    onDone();
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(`containers.bulk.${kind}Title`, { n: todo.length })}
      sentence={t(`containers.bulk.${kind}Sentence`)}
      verb={t(`containers.action.${kind}`)}
      danger={kind !== "start" && kind !== "restart"}
      onConfirm={run}
    >
      <ul className="max-h-64 overflow-y-auto rounded-2 border border-line">
        {steps.map((step) => (
          <StepLine key={step.row.container.id} step={step} />
        ))}
      </ul>
    </ConfirmDialog>
  );
}

function StepLine({ step }: { step: BulkStep }) {
  const { container, condition, service, name } = step.row;
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0">
      <div className="flex items-center gap-2">
        <TaskMark
          state={condition.mark}
          hue={service?.color.hue}
          marking={service ? markingOf(service.color) : undefined}
        />
        <span className="min-w-0 flex-1 truncate" title={container.name}>
          <span className="font-medium">{name}</span>
          <span className="text-ink-3"> {container.nodeName}</span>
        </span>
        <span className={step.skipped ? "text-12 text-ink-3" : "text-12 text-ink-2"}>
          {say(t, step.effect)}
        </span>
      </div>
      {step.warnings.length > 0 && (
        <p className="mt-0.5 pl-5 text-12 text-warn">
          {step.warnings.map((warning) => say(t, warning)).join(" ")}
        </p>
      )}
    </li>
  );
}
