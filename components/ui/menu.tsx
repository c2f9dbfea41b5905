"use client";

import { clsx } from "clsx";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** Shared with the filter menus: the list that opens. */
export const menuClass =
  "z-50 max-h-[min(420px,var(--radix-dropdown-menu-content-available-height))] min-w-44 overflow-y-auto rounded-3 border border-line-2 bg-raised p-1 text-13 shadow-2 animate-[shoal-fade-in_var(--d-2)_var(--ease)]";

export const menuItemClass =
  "flex min-h-[30px] cursor-pointer items-center gap-2 rounded-2 px-2 text-ink outline-none select-none data-disabled:cursor-default data-disabled:opacity-50 data-highlighted:bg-surface-3 touch:min-h-11";

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: "start" | "end";
  side?: "top" | "bottom" | "right";
  children: ReactNode;
}

/** A short list of actions behind one button. */
export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          data-slot="menu"
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={menuClass}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  danger?: boolean;
  /** Why it cannot be chosen now; shown under the words. */
  reason?: string;
}

/** One action of a menu; `onSelect` runs it. */
export function MenuItem({ danger, reason, className, children, ...props }: MenuItemProps) {
  return (
    <Radix.Item
      data-slot="menu-item"
      className={clsx(menuItemClass, danger && "text-bad!", reason && "py-1.5", className)}
      disabled={reason !== undefined}
      {...props}
    >
      {reason ? (
        <span className="max-w-60">
          <span className="flex items-center gap-2">{children}</span>
          <span className="mt-0.5 block text-12 text-ink-2">{reason}</span>
        </span>
      ) : (
        children
      )}
    </Radix.Item>
  );
}

export function MenuSeparator(props: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator data-slot="menu-separator" className="mx-1 my-1 h-px bg-line" {...props} />;
}

/** A heading inside a menu. */
export function MenuLabel(props: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label data-slot="menu-label" className="px-2 py-1 text-12 text-ink-3" {...props} />;
}

export interface MenuChoice<Value extends string> {
  value: Value;
  label: string;
  icon?: ReactNode;
}

/** One of a few, with a tick at the chosen one. */
export function MenuChoices<Value extends string>({
  value,
  options,
  onChange,
}: {
  value: Value;
  options: readonly MenuChoice<Value>[];
  onChange: (value: Value) => void;
}) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={menuItemClass}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Radix.ItemIndicator>
            <Icon name="check" size={14} className="text-accent" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
