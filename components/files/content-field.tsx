"use client";

import "#lib/shared/i18n/pages/files.ts";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { AreaField, SelectField, TextField } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type FileKind, sizeLimit } from "#lib/shared/swarm-files/limits.ts";
import { type Alphabet, alphabets, valueLength } from "#lib/shared/swarm-files/random-value.ts";
import type { ContentForm, ContentWay } from "./use-content.ts";

export interface ContentFieldProps {
  kind: FileKind;
  form: ContentForm;
  /** Say what is wrong although nothing was typed yet. */
  isSent: boolean;
}

/** What it shall hold: typed, read from a file in the browser, or (a secret) made at random. */
export function ContentField({ kind, form, isSent }: ContentFieldProps) {
  const { content, bytes, problem, set } = form;
  const ways: readonly ContentWay[] = kind === "secret" ? ["text", "file", "random"] : ["text", "file"];
  const tell = problem !== null && (isSent || bytes.length > 0) ? say(t, problem) : undefined;
  const size = t("files.content.size", { n: bytes.length, most: sizeLimit[kind] - 1 });
  return (
    <div className="grid min-w-0 gap-2.5">
      <Segmented
        label={t("files.content.way")}
        value={content.way}
        onChange={(way) => set({ way })}
        options={ways.map((value) => ({ value, label: t(`files.content.${value}`) }))}
        className="justify-self-start"
      />
      {content.way === "text" && (
        <AreaField
          label={t(`files.content.label_${kind}`)}
          rows={kind === "secret" ? 3 : 8}
          value={content.text}
          hint={`${size} ${t("files.content.textHint")}`}
          error={tell}
          autoComplete="off"
          autoCapitalize="none"
          onChange={(event) => set({ text: event.target.value })}
        />
      )}
      {content.way === "file" && <FileField form={form} size={size} error={tell} />}
      {content.way === "random" && <RandomField form={form} />}
    </div>
  );
}

/** Bytes are read here and stay as they are: no line ends are changed, and nothing is sent before the form is. */
function FileField({ form, size, error }: { form: ContentForm; size: string; error: string | undefined }) {
  const id = useId();
  const { file } = form.content;
  const read = async (chosen: File | undefined) => {
    if (chosen) form.set({ file: { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) } });
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-[5px] block font-medium">
        {t("files.content.file")}
      </label>
      <input
        id={id}
        type="file"
        aria-describedby={`${id}-note`}
        className="block w-full min-w-0 rounded-2 border border-control bg-surface px-2 py-1.5 text-13 file:mr-3 file:rounded-1 file:border-0 file:bg-surface-3 file:px-2 file:py-1 file:text-ink"
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <p id={`${id}-note`} aria-live="polite" className="mt-[5px] text-12 text-ink-3">
        {error === undefined ? (
          file && size
        ) : (
          <span className="flex items-start gap-1.5 text-bad">
            <Icon name="alert" size={14} className="mt-px" />
            {error}
          </span>
        )}
      </p>
    </div>
  );
}

function RandomField({ form }: { form: ContentForm }) {
  const { alphabet, length, value } = form.content.random;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t("files.random.of")}
        value={alphabet}
        options={(Object.keys(alphabets) as Alphabet[]).map((each) => ({
          value: each,
          label: t(`files.random.${each}`),
        }))}
        onChange={(next) => form.generate(next as Alphabet, length)}
      />
      <TextField
        label={t("files.random.length")}
        type="number"
        min={valueLength.least}
        max={valueLength.most}
        defaultValue={length}
        onBlur={(event) => {
          form.generate(alphabet, Number(event.target.value));
        }}
      />
      <div className="min-w-0 sm:col-span-2">
        <TextField
          label={t("files.random.value")}
          value={value}
          mono
          readOnly
          hint={t("files.random.once")}
          below={
            <span className="mt-1.5 flex gap-2">
              <CopyButton text={value} />
              <Button size="sm" onClick={() => form.generate(alphabet, length)}>
                <Icon name="restart" size={14} />
                {t("files.random.again")}
              </Button>
            </span>
          }
        />
      </div>
    </div>
  );
}
