"use client";

import "#lib/shared/i18n/pages/edit.ts";
import { type ReactNode, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { toastError } from "#components/ui/toast.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import {
  type FieldGroup,
  type FieldId,
  fieldGroups,
  fieldIds,
  fitsMode,
  serviceField,
} from "#lib/shared/services/fields.ts";
import { FieldInput } from "./field-input.tsx";
import { type FormState, type ReadForm, readDotEnv } from "./form-state.ts";
import { useOffers } from "./use-offers.ts";

export interface FieldSectionsProps {
  form: FormState;
  problems: ReadForm["problems"];
  /** Fields that differ from what the form was opened with. */
  changed: ReadonlySet<FieldId>;
  /** Every field, not only those that most services need. */
  showAll: boolean;
  onType: (id: FieldId, text: string) => void;
  /** Asks for the secret values; left out where there are none. */
  onReveal?: () => Promise<void>;
  /** Before the fields of the first section: what only a new service has. */
  first?: ReactNode;
  /** After the fields of the image. */
  afterImage?: ReactNode;
}

/** The form of a service: a section for each group, with a list of them beside it. */
export function FieldSections({ form, changed, showAll, ...props }: FieldSectionsProps) {
  const offers = useOffers();
  const shown = (id: FieldId) =>
    fitsMode(id, form.mode) &&
    (showAll || !serviceField(id).isExpert || changed.has(id) || props.problems[id] !== undefined);
  const groups = fieldGroups
    .map((group) => ({ group, ids: fieldIds.filter((id) => serviceField(id).group === group && shown(id)) }))
    .filter(({ ids }) => ids.length > 0);
  return (
    <div className="grid grid-cols-[150px_minmax(0,1fr)] items-start gap-5 px-5 py-4 max-lg:grid-cols-[minmax(0,1fr)] max-sm:px-4">
      <nav aria-label={t("edit.sections")} className="sticky top-0 grid gap-px max-lg:hidden">
        {groups.map(({ group, ids }) => (
          <a
            key={group}
            href={`#edit-${group}`}
            className="flex items-center justify-between rounded-2 px-2 py-1 text-ink-2 hover:bg-surface-3 hover:text-ink"
          >
            {t(`edit.group.${group}`)}
            {ids.some((id) => changed.has(id)) && (
              <span role="img" aria-label={t("edit.changed")} className="size-1.5 rounded-full bg-accent" />
            )}
          </a>
        ))}
      </nav>
      <div className="grid min-w-0 max-w-[860px] gap-4">
        {groups.map(({ group, ids }, index) => (
          <Panel key={group} id={`edit-${group}`} title={t(`edit.group.${group}`)} className="scroll-mt-4">
            <div className="grid gap-4 sm:grid-cols-2">
              {index === 0 && props.first}
              {ids.map((id) =>
                form.hidden[id] !== undefined ? (
                  <Hidden key={id} group={group} n={form.hidden[id]} onReveal={props.onReveal} />
                ) : (
                  <FieldInput
                    key={id}
                    id={id}
                    text={form.texts[id] ?? ""}
                    problem={props.problems[id]}
                    offers={offers[id]}
                    onChange={(text) => props.onType(id, text)}
                  />
                ),
              )}
              {group === "image" && props.afterImage}
              {group === "env" && form.hidden.env === undefined && (
                <PasteDotEnv
                  onPaste={(lines) => {
                    const before = (form.texts.env ?? "").replace(/\n+$/, "");
                    props.onType("env", merged(before, lines));
                  }}
                />
              )}
            </div>
          </Panel>
        ))}
      </div>
    </div>
  );
}

/** Lines over lines: a variable that is there gets the new value where it stands. */
function merged(before: string, added: string): string {
  const lines = before === "" ? [] : before.split("\n");
  const nameOf = (line: string) => line.split("=", 1)[0];
  for (const line of added.split("\n").filter(Boolean)) {
    const at = lines.findIndex((each) => nameOf(each) === nameOf(line));
    if (at < 0) lines.push(line);
    else lines[at] = line;
  }
  return lines.join("\n");
}

/** Values that nobody has asked to see. */
function Hidden({ group, n, onReveal }: { group: FieldGroup; n: number; onReveal?: () => Promise<void> }) {
  const { may } = useCluster();
  const [isBusy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    try {
      await onReveal?.();
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), { id: "env" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
      <p className="min-w-0 flex-1 text-ink-2">
        {t(group === "env" ? "edit.env.hidden" : "edit.log.hidden", { n })}
      </p>
      {may("service.env") && onReveal && (
        <Button disabled={isBusy} title={t("edit.env.audited")} onClick={() => void show()}>
          <Icon name="eye" size={14} />
          {t("edit.env.show")}
        </Button>
      )}
    </div>
  );
}

function PasteDotEnv({ onPaste }: { onPaste: (lines: string) => void }) {
  const [text, setText] = useState("");
  return (
    <details className="rounded-2 border border-line px-3 py-2 sm:col-span-2">
      <summary className="cursor-pointer font-medium">{t("edit.env.paste")}</summary>
      <div className="mt-2 grid gap-2">
        <textarea
          aria-label={t("edit.env.file")}
          rows={5}
          spellCheck={false}
          className="mono block w-full resize-y rounded-2 border border-control bg-surface px-[9px] py-1.5 outline-none focus:border-focus"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          className="justify-self-end"
          disabled={readDotEnv(text) === ""}
          onClick={() => {
            onPaste(readDotEnv(text));
            setText("");
          }}
        >
          {t("edit.env.take")}
        </Button>
      </div>
    </details>
  );
}
