"use client";

import { useState } from "react";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ShortcutKeys } from "./shortcut-keys.ts";

export interface ShortcutHelpProps {
  keys: ShortcutKeys;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

interface Line {
  keys: string;
  label: string;
}

/** The list of keys that work on this page, and the switch that turns the single ones off. */
export function ShortcutHelp({ keys, open, onOpenChange }: ShortcutHelpProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("common.keys")} width="lg">
      {open && <Groups keys={keys} />}
    </Dialog>
  );
}

function Groups({ keys }: { keys: ShortcutKeys }) {
  const [isOn, setOn] = useState(keys.enabled);
  const all = keys.list();
  const of = (group: string): Line[] => all.filter((shortcut) => shortcut.group === group);
  const everywhere: Line[] = [
    { keys: "Ctrl K", label: t("common.openPalette") },
    ...of("everywhere"),
    { keys: "Esc", label: t("common.keysEsc") },
    { keys: "↑ ↓", label: t("common.keysArrows") },
    { keys: "Enter", label: t("common.keysOpen") },
    { keys: "Space", label: t("common.keysSelect") },
  ];
  return (
    <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
      <Group title={t("common.keysGroupEverywhere")} lines={everywhere} />
      <div className="flex flex-col gap-5">
        <Group title={t("common.keysGroupGo")} lines={of("go")} />
        <Group title={t("common.keysGroupPage")} lines={of("page")} />
      </div>
      <CheckboxField
        className="sm:col-span-2"
        label={t("common.keysSingle")}
        hint={t("common.keysSingleHint")}
        checked={isOn}
        onCheckedChange={(on) => {
          keys.enabled = on;
          setOn(on);
        }}
      />
    </div>
  );
}

function Group({ title, lines }: { title: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-12 font-medium text-ink-3">{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line.keys} className="flex min-h-7 items-center gap-1.5">
            <span className="min-w-0 flex-1">{line.label}</span>
            {line.keys.split(" ").map((key) => (
              <Kbd key={key}>{key.length === 1 ? key.toUpperCase() : key}</Kbd>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
