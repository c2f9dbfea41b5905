"use client";

import { clsx } from "clsx";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

export interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Before the title, usually a mark. */
  mark?: ReactNode;
  title: ReactNode;
  /** One line of state under the title. */
  state?: ReactNode;
  /** Between title and close: position, previous, next. */
  controls?: ReactNode;
  /** Actions, at the bottom. */
  footer?: ReactNode;
  children?: ReactNode;
  className?: string;
}

/**
 * Details beside the page: 440 wide, full width below 700. It does not block the page behind it, so clicking
 * another thing there changes what it shows; Esc closes it.
 */
export function Drawer({
  open,
  onOpenChange,
  mark,
  title,
  state,
  controls,
  footer,
  children,
  className,
}: DrawerProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Portal>
        <Radix.Content
          data-slot="drawer"
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          className={clsx(
            "fixed inset-y-0 right-0 z-30 flex w-full flex-col border-l border-line-2 bg-raised shadow-3 outline-none sm:w-[440px]",
            "animate-[shoal-drawer-in_var(--d-2)_var(--ease)] max-sm:pb-[env(safe-area-inset-bottom)]",
            className,
          )}
        >
          <header className="flex items-center gap-[9px] pt-3.5 pr-3 pb-0.5 pl-[18px]">
            {mark}
            <Radix.Title className="min-w-0 flex-1 truncate text-15 font-semibold tracking-title">
              {title}
            </Radix.Title>
            {controls}
            <Radix.Close asChild>
              <Button variant="ghost" size="icon-sm" aria-label={t("common.close")}>
                <Icon name="x" />
              </Button>
            </Radix.Close>
          </header>
          {state && (
            <div className={clsx("pr-[18px] pb-3 text-ink-2", mark ? "pl-[39px]" : "pl-[18px]")}>{state}</div>
          )}
          <div className="flex min-h-0 flex-1 flex-col gap-3.5 overflow-y-auto px-[18px] pt-1 pb-4">
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap gap-1.5 border-t border-line px-[18px] py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
