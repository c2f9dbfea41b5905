"use client";

import "#lib/shared/i18n/pages/edit.ts";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { EditConflict } from "#lib/shared/services/apply-edits.ts";
import { serviceField } from "#lib/shared/services/fields.ts";
import { type Choices, conflictKey } from "./form-state.ts";

interface ConflictPanelProps {
  conflicts: readonly EditConflict[];
  busy: boolean;
  onDecide: (choices: Choices) => void;
}

/** What two people changed at once, field by field, with both values and a choice. */
export function ConflictPanel({ conflicts, busy, onDecide }: ConflictPanelProps) {
  const [choices, setChoices] = useState<Choices>({});
  return (
    <Panel title={t("edit.conflict.title")} data-slot="edit-conflicts">
      <p className="mb-3 text-ink-2">{t("edit.conflict.lead")}</p>
      <div className="grid gap-3">
        {conflicts.map((conflict) => {
          const key = conflictKey(conflict);
          return (
            <RadioGroup
              key={key}
              label={labelOf(conflict)}
              value={choices[key] ?? "theirs"}
              onChange={(choice) => setChoices({ ...choices, [key]: choice })}
              options={[
                {
                  value: "theirs",
                  label: t("edit.conflict.theirs"),
                  hint: <Value conflict={conflict} of="theirs" />,
                },
                {
                  value: "mine",
                  label: t("edit.conflict.mine"),
                  hint: <Value conflict={conflict} of="yours" />,
                },
              ]}
            />
          );
        })}
      </div>
      <Button
        variant="primary"
        className="mt-3"
        disabled={busy}
        onClick={() =>
          onDecide(
            Object.fromEntries(
              conflicts.map((each) => [conflictKey(each), choices[conflictKey(each)] ?? "theirs"]),
            ),
          )
        }
      >
        {t("edit.conflict.decide")}
      </Button>
    </Panel>
  );
}

function labelOf({ field, key }: EditConflict): string {
  if (field === null) return key ?? "";
  const label = t(`edit.field.${field}`);
  return key === null ? label : `${label}: ${key}`;
}

function Value({ conflict, of }: { conflict: EditConflict; of: "theirs" | "yours" }) {
  if (conflict.isSecret) return t("edit.conflict.secret");
  const value = conflict[of];
  if (value === null || value === undefined) return t("edit.conflict.nothing");
  const isWhole = conflict.field !== null && conflict.key === null;
  const text = isWhole && conflict.field ? serviceField(conflict.field).codec.show(value) : String(value);
  return <span className="mono whitespace-pre-wrap break-all">{text}</span>;
}
