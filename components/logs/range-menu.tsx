"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Pill } from "#components/ui/pill-menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogRange } from "./log-address.ts";

export interface RangeMenuProps {
  value: LogRange;
  options: readonly LogRange[];
  isReading: boolean;
  onChange: (range: LogRange) => void;
}

/** How far back lines are read. */
export function RangeMenu({ value, options, isReading, onChange }: RangeMenuProps) {
  return (
    <Menu
      align="start"
      trigger={
        <Pill on={value !== "tail"} aria-busy={isReading}>
          {isReading ? t("logs.reading") : t(`logs.range.${value}`)}
          <Icon name="chevron-down" size={14} />
        </Pill>
      }
    >
      {options.map((range) => (
        <MenuItem key={range} onSelect={() => onChange(range)}>
          <span className="grid size-3.5 place-items-center">
            {range === value && <Icon name="check" size={14} className="text-accent" />}
          </span>
          {t(`logs.range.${range}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
