"use client";

import "#lib/shared/i18n/pages/node-dialogs.ts";
import { useState } from "react";
import { useSend } from "#components/cluster/use-send.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NodeView } from "#lib/shared/model/types.ts";

interface Line {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

/** Lines as labels, or the sentence that says what is wrong. */
export function linesToLabels(
  lines: readonly Pick<Line, "key" | "value">[],
): Record<string, string> | string {
  const labels: Record<string, string> = Object.create(null);
  for (const { key, value } of lines) {
    const name = key.trim();
    if (name === "" && value.trim() === "") continue;
    if (name === "") return t("nodes.labels.noName", { value: value.slice(0, 40) });
    if (name in labels) return t("nodes.labels.twice", { name });
    labels[name] = value;
  }
  return { ...labels };
}

export interface LabelEditorProps {
  node: NodeView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The labels of a node as lines to edit. What somebody else changes meanwhile stays; a clash is said. */
export function LabelEditor({ node, open, onOpenChange }: LabelEditorProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="lg"
      title={t("nodes.labels.title", { name: node.name })}
      description={t("nodes.labels.lead")}
    >
      {open && (
        <LabelForm
          path={`/nodes/${encodeURIComponent(node.id)}`}
          name={node.name}
          labels={node.labels}
          onDone={() => onOpenChange(false)}
        />
      )}
    </Dialog>
  );
}

export interface LabelFormProps {
  /** Where labels are changed: a PATCH below the cluster that takes `labels` and `labelsBefore`. */
  path: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  onDone: () => void;
}

/** Labels of anything as lines to edit. */
export function LabelForm({ path, name, labels: first, onDone }: LabelFormProps) {
  const send = useSend();
  const [before] = useState(first);
  const [lines, setLines] = useState<readonly Line[]>(() =>
    [...Object.entries(first), ["", ""] as const].map(([key, value], id) => ({ id, key, value })),
  );
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const change = (id: number, fields: Partial<Line>) =>
    setLines((all) => all.map((line) => (line.id === id ? { ...line, ...fields } : line)));
  const add = () =>
    setLines((all) => [...all, { id: Math.max(-1, ...all.map((l) => l.id)) + 1, key: "", value: "" }]);

  const save = async () => {
    const labels = linesToLabels(lines);
    if (typeof labels === "string") {
      setError(labels);
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const done = await send({
        method: "PATCH",
        path,
        body: { labels, labelsBefore: before },
        object: name,
        title: t("nodes.labels.title", { name }),
        verb: t("common.save"),
        quiet: true,
      });
      if (done) onDone();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      className="grid grid-cols-[minmax(0,1fr)] gap-2"
    >
      {lines.map((line, index) => (
        <div key={line.id} className="flex gap-2">
          <Input
            mono
            className="flex-1"
            aria-label={t("nodes.labels.name", { n: index + 1 })}
            placeholder={t("nodes.labels.namePlaceholder")}
            value={line.key}
            maxLength={256}
            spellCheck={false}
            onChange={(event) => change(line.id, { key: event.target.value })}
          />
          <Input
            mono
            className="flex-1"
            aria-label={t("nodes.labels.value", { n: index + 1 })}
            placeholder={t("nodes.labels.valuePlaceholder")}
            value={line.value}
            spellCheck={false}
            onChange={(event) => change(line.id, { value: event.target.value })}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("nodes.labels.remove", { name: line.key || String(index + 1) })}
            onClick={() => setLines((all) => all.filter((each) => each.id !== line.id))}
          >
            <Icon name="trash" size={14} />
          </Button>
        </div>
      ))}
      <Button className="justify-self-start" onClick={add}>
        <Icon name="plus" size={14} />
        {t("nodes.labels.add")}
      </Button>
      {error && (
        <Banner tone="bad" role="alert">
          {error}
        </Banner>
      )}
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {t("nodes.labels.save")}
        </Button>
      </div>
    </form>
  );
}
