"use client";

import { clsx } from "clsx";
import { DropdownMenu as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useState } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { Icon } from "./icon.tsx";
import { menuClass, menuItemClass } from "./menu.tsx";

const pillClass =
  "inline-flex h-[26px] shrink-0 items-center gap-1.5 rounded-2 border px-2 text-12 font-medium whitespace-nowrap transition-colors touch:h-9";

/** The small outlined button of filter bars; `on` while it narrows the view. */
export function Pill({ on = false, className, ...props }: ComponentProps<"button"> & { on?: boolean }) {
  return (
    <button
      data-slot="pill"
      type="button"
      className={clsx(
        pillClass,
        on
          ? "border-accent-line bg-accent-soft text-accent"
          : "border-line-2 bg-surface text-ink-2 hover:bg-surface-2",
        className,
      )}
      {...props}
    />
  );
}

export interface PillOption {
  value: string;
  label: string;
  /** A mark before the label. */
  mark?: ReactNode;
  count?: number;
}

export interface PillMenuProps {
  label: string;
  /** A function is asked only while the menu is open, or something is chosen: where there are many rows to count. */
  options: readonly PillOption[] | (() => readonly PillOption[]);
  value: readonly string[];
  onChange: (value: string[]) => void;
  className?: string;
}

/** A filter with several choices: none chosen means all. Stays open while choosing. */
export function PillMenu({ label, options: given, value, onChange, className }: PillMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const isAsked = isOpen || value.length > 0;
  const options = typeof given === "function" ? (isAsked ? given() : []) : given;
  const chosen = options.filter((option) => value.includes(option.value));
  const first = chosen[0];
  const toggle = (option: string, on: boolean) =>
    onChange(on ? [...value, option] : value.filter((other) => other !== option));
  return (
    <Radix.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <Pill on={chosen.length > 0} className={className}>
          {label}
          {first && (
            <span className="max-w-40 truncate font-semibold">
              {chosen.length === 1 ? first.label : t("common.chosen", { n: chosen.length })}
            </span>
          )}
          <Icon name="chevron-down" size={14} className={first ? undefined : "text-ink-3"} />
        </Pill>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          data-slot="pill-menu"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={menuClass}
        >
          {options.length === 0 && <p className="px-2 py-1.5 text-ink-3">{t("common.nothingHere")}</p>}
          {options.map((option) => (
            <Radix.CheckboxItem
              key={option.value}
              checked={value.includes(option.value)}
              onCheckedChange={(on) => toggle(option.value, on)}
              onSelect={(event) => event.preventDefault()}
              className={menuItemClass}
            >
              <span className="grid size-3.5 place-items-center">
                <Radix.ItemIndicator>
                  <Icon name="check" size={14} className="text-accent" />
                </Radix.ItemIndicator>
              </span>
              {option.mark}
              <span className="max-w-64 flex-1 truncate">{option.label}</span>
              {option.count !== undefined && <span className="pl-3 text-12 text-ink-3">{option.count}</span>}
            </Radix.CheckboxItem>
          ))}
          {chosen.length > 0 && (
            <>
              <Radix.Separator className="mx-1 my-1 h-px bg-line" />
              <Radix.Item className={clsx(menuItemClass, "text-ink-2")} onSelect={() => onChange([])}>
                {t("common.clear")}
              </Radix.Item>
            </>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
