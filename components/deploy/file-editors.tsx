"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { later } from "#components/ui/later.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackFile, StackProblem } from "#lib/shared/stacks/types.ts";
import type { FilesForm } from "./use-files-form.ts";

const ComposeEditor = later(async () => (await import("./compose-editor.tsx")).ComposeEditor);

/** The variables are edited like a file of this name. */
const envName = ".env";

/** The part of a form that is written here. */
type EditedFiles = Pick<FilesForm, "files" | "env">;

interface FileEditorsProps {
  form: EditedFiles;
  change: (part: Partial<EditedFiles>) => void;
  problems: readonly StackProblem[];
  /** The place to show, and a number that grows with each wish. */
  goTo: { readonly file: string; readonly line: number; readonly wish: number } | null;
}

/** The files of a stack, one shown at a time, and its variables beside them. */
export function FileEditors({ form, change, problems, goTo }: FileEditorsProps) {
  const { files, env } = form;
  const [name, setName] = useState(files[0]?.name ?? envName);
  const [isAdding, setAdding] = useState(false);
  const wish = goTo?.wish ?? 0;
  useEffect(() => {
    if (wish > 0 && goTo) setName(goTo.file);
  }, [wish, goTo]);
  const shown = files.find((file) => file.name === name);
  const setText = (text: string) =>
    shown
      ? change({ files: files.map((file) => (file.name === name ? { ...file, text } : file)) })
      : change({ env: text });
  const count = (file: string) =>
    problems.filter((each) => each.file === file && each.severity === "error").length;
  const options = [...files.map((file) => file.name), envName].map((value) => ({
    value,
    label: count(value) > 0 ? t("deploy.fileErrors", { name: value, n: count(value) }) : value,
  }));
  const add = (file: StackFile) => {
    change({ files: [...files, file] });
    setName(file.name);
    setAdding(false);
  };
  return (
    <section
      aria-label={t("deploy.files")}
      className="flex min-h-[460px] min-w-0 flex-col overflow-hidden rounded-3 border border-line bg-surface shadow-1 xl:min-h-0"
    >
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <Segmented
          label={t("deploy.files")}
          value={shown ? name : envName}
          options={options}
          onChange={setName}
        />
        <span className="flex-1" />
        {shown && files.length > 1 && (
          <Button variant="danger-ghost" size="sm" onClick={() => removeFile(files, name, change, setName)}>
            {t("deploy.removeFile")}
          </Button>
        )}
        <Button variant="ghost" size="sm" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
          <Icon name="plus" size={14} />
          {t("deploy.addFile")}
        </Button>
      </header>
      {isAdding && <AddFile taken={options.map(({ value }) => value)} onAdd={add} />}
      <div className="min-h-0 flex-1">
        <ComposeEditor
          key={`${shown ? name : envName}`}
          label={shown ? name : envName}
          initial={shown?.text ?? env}
          isYaml={shown?.kind === "compose"}
          onChange={setText}
          problems={problems.filter(({ file }) => file === (shown ? name : envName))}
          goTo={goTo?.file === name ? goTo : null}
        />
      </div>
    </section>
  );
}

function removeFile(
  files: readonly StackFile[],
  name: string,
  change: FileEditorsProps["change"],
  show: (name: string) => void,
): void {
  const left = files.filter((file) => file.name !== name);
  change({ files: left });
  show(left[0]?.name ?? envName);
}

/** Another compose file that overrides, or a file that secrets, configs and env_file name. */
function AddFile({ taken, onAdd }: { taken: readonly string[]; onAdd: (file: StackFile) => void }) {
  const [name, setName] = useState("");
  const isFree = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(name) && !taken.includes(name);
  const button = (kind: StackFile["kind"]) => (
    <Button
      size="sm"
      reason={isFree ? undefined : t("deploy.fileName")}
      onClick={() => onAdd({ name, text: "", kind })}
    >
      {t(`deploy.add.${kind}`)}
    </Button>
  );
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-surface-2 px-3 py-2">
      <Input
        size="sm"
        mono
        aria-label={t("deploy.fileNameLabel")}
        placeholder="override.yml"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {button("compose")}
      {button("file")}
    </div>
  );
}
