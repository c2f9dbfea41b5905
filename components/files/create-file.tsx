"use client";

import "#lib/shared/i18n/pages/files.ts";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { AreaField, TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { readPairs } from "#lib/shared/read-pairs.ts";
import { type FileKind, longestName, nameProblem } from "#lib/shared/swarm-files/limits.ts";
import { ContentField } from "./content-field.tsx";
import { fileHref } from "./file-href.ts";
import { toBase64, useContent } from "./use-content.ts";

export interface CreateFileProps {
  kind: FileKind;
  /** Names that exist. */
  taken: readonly string[];
  onClose: () => void;
}

/** Makes a secret or config, and opens its page. */
export function CreateFile({ kind, taken, onClose }: CreateFileProps) {
  const { apiPath, href } = useCluster();
  const router = useRouter();
  const [name, setName] = useState("");
  const [labels, setLabels] = useState("");
  const [isLeft, setLeft] = useState(false);
  const [isSent, setSent] = useState(false);
  const content = useContent(kind);
  const submit = useSubmit();
  const problem = nameProblem(kind, name.trim(), taken);
  const { pairs, bad } = readPairs(labels);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (problem !== null || content.problem !== null || bad !== null) return;
    void submit.run(async () => {
      const body = { name: name.trim(), data: toBase64(content.bytes), labels: pairs };
      await api.post(apiPath(`/${kind}s`), body);
      onClose();
      router.push(fileHref(href, kind, body.name));
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`files.create.open_${kind}`)}
      description={t(`files.create.lead_${kind}`)}
      width="lg"
    >
      <form onSubmit={send} noValidate autoComplete="off" className="grid gap-4">
        <TextField
          label={t("files.create.name")}
          value={name}
          error={problem !== null && (isSent || (isLeft && name !== "")) ? say(t, problem) : undefined}
          hint={t("files.create.nameHint", { most: longestName })}
          mono
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onBlur={() => setLeft(true)}
          onChange={(event) => {
            setName(event.target.value);
            submit.reset();
          }}
        />
        <ContentField kind={kind} form={content} isSent={isSent} />
        <details className="rounded-2 border border-line px-3 py-2">
          <summary className="cursor-pointer font-medium">{t("files.labels")}</summary>
          <AreaField
            className="mt-3"
            label={t("files.labels")}
            hint={t("files.create.labelsHint")}
            error={bad === null ? undefined : t("files.create.badLabel", { line: bad })}
            value={labels}
            onChange={(event) => setLabels(event.target.value)}
          />
        </details>
        <FormFailure error={submit.error} />
        <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
          {t("files.create.make")}
        </Button>
      </form>
    </Dialog>
  );
}
