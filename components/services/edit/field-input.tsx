"use client";

import "#lib/shared/i18n/pages/edit.ts";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { AreaField, SelectField, TextField } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { type Phrase, say } from "#lib/shared/i18n/phrase.ts";
import { type MessageKey, t } from "#lib/shared/i18n/translate.ts";
import { type FieldId, serviceField } from "#lib/shared/services/fields.ts";

export interface FieldInputProps {
  id: FieldId;
  text: string;
  problem?: Phrase | undefined;
  onChange: (text: string) => void;
  /** Offered as one types. */
  offers?: readonly string[] | undefined;
}

const hints: Partial<Record<FieldId, MessageKey>> = {
  image: "edit.hint.image",
  command: "edit.hint.command",
  args: "edit.hint.args",
  stopGrace: "edit.hint.time",
  limitCpu: "edit.hint.cpus",
  reserveCpu: "edit.hint.cpus",
  limitMemory: "edit.hint.bytes",
  reserveMemory: "edit.hint.bytes",
  reserveGeneric: "edit.hint.generics",
  ulimits: "edit.hint.ulimits",
  labels: "edit.hint.pairs",
  containerLabels: "edit.hint.pairs",
  healthTest: "edit.hint.health",
  healthInterval: "edit.hint.time",
  updateParallelism: "edit.hint.parallelism",
  updateDelay: "edit.hint.time",
  constraints: "edit.hint.constraints",
  preferences: "edit.hint.preferences",
  ports: "edit.hint.ports",
  networks: "edit.hint.networks",
  hosts: "edit.hint.hosts",
  mounts: "edit.hint.mounts",
  secrets: "edit.hint.files",
  configs: "edit.hint.files",
  capAdd: "edit.hint.lines",
  capDrop: "edit.hint.lines",
  sysctls: "edit.hint.pairs",
  logOptions: "edit.hint.pairs",
};

/** One field of a service, typed as the docker command has it. What is wrong is said once the field was left. */
export function FieldInput({ id, text, problem, onChange, offers }: FieldInputProps) {
  const { codec } = serviceField(id);
  const listId = useId();
  const [left, setLeft] = useState(false);
  const hint = hints[id];
  const common = {
    label: t(`edit.field.${id}`),
    hint: hint && t(hint),
    error: left && problem ? say(t, problem) : undefined,
    "data-field": id,
    onBlur: () => setLeft(true),
  };
  if (codec.input === "choice") {
    const options = (codec.choices ?? []).map((value) => ({ value, label: choiceWord(value) }));
    return (
      <SelectField
        {...common}
        value={text}
        options={[{ value: "", label: t("edit.usual") }, ...options]}
        onChange={onChange}
      />
    );
  }
  const typing = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
  if (codec.input === "lines") {
    return (
      <div className="min-w-0 sm:col-span-2">
        <AreaField
          {...common}
          {...typing}
          rows={Math.min(14, Math.max(2, text.split("\n").length + 1))}
          wrap="off"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
        {offers && offers.length > 0 && (
          <AddLine
            field={t(`edit.field.${id}`)}
            offers={offers}
            onAdd={(line) => onChange(text.trim() === "" ? line : `${text.replace(/\n+$/, "")}\n${line}`)}
          />
        )}
      </div>
    );
  }
  return (
    <>
      <TextField
        {...common}
        {...typing}
        mono
        className={
          id === "image" || id === "command" || id === "args" || id === "healthTest" ? "sm:col-span-2" : ""
        }
        value={text}
        list={offers ? listId : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {offers && <Offers id={listId} offers={offers} />}
    </>
  );
}

function choiceWord(value: string): string {
  if (value === "true") return t("edit.yes");
  return value === "false" ? t("edit.no") : value;
}

function Offers({ id, offers }: { id: string; offers: readonly string[] }) {
  return (
    <datalist id={id}>
      {offers.map((each) => (
        <option key={each} value={each} />
      ))}
    </datalist>
  );
}

/** A line to add to a list, with what is known offered. */
function AddLine({
  field,
  offers,
  onAdd,
}: {
  field: string;
  offers: readonly string[];
  onAdd: (line: string) => void;
}) {
  const listId = useId();
  const [line, setLine] = useState("");
  const add = () => {
    if (line.trim() === "") return;
    onAdd(line.trim());
    setLine("");
  };
  return (
    <div className="mt-1.5 flex gap-1.5">
      <Input
        size="sm"
        mono
        className="min-w-0 flex-1"
        aria-label={t("edit.addTo", { field })}
        placeholder={t("edit.addTo", { field })}
        list={listId}
        autoComplete="off"
        value={line}
        onChange={(event) => setLine(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          add();
        }}
      />
      <Offers id={listId} offers={offers} />
      <Button size="sm" onClick={add}>
        {t("edit.add")}
      </Button>
    </div>
  );
}
