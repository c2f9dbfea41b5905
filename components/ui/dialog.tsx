"use client";

import { clsx } from "clsx";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

export const scrimClass = "fixed inset-0 z-40 bg-scrim animate-[shoal-fade-in_var(--d-2)_var(--ease)]";

/** Centred card; a sheet from the bottom below 700 px. */
export const dialogClass =
  "fixed z-50 flex max-h-[min(720px,calc(100dvh-48px))] flex-col border border-line-2 bg-raised text-ink shadow-3 outline-none " +
  "max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-4 max-sm:animate-[shoal-sheet-in_var(--d-2)_var(--ease)] max-sm:pb-[env(safe-area-inset-bottom)] " +
  "sm:inset-x-0 sm:top-[14vh] sm:mx-auto sm:rounded-4 sm:animate-[shoal-rise_var(--d-2)_var(--ease)]";

const widths = { md: "sm:w-[440px]", lg: "sm:w-[620px]" } as const;

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One sentence under the title. */
  description?: ReactNode;
  width?: keyof typeof widths;
  children?: ReactNode;
  /** Buttons, right-aligned, the primary one last. */
  footer?: ReactNode;
  className?: string;
}

/** A dialog for a form or a list. Where something stops or is lost, use `ConfirmDialog`. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  width = "md",
  children,
  footer,
  className,
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          data-slot="dialog"
          aria-describedby={description ? undefined : ""}
          className={clsx(dialogClass, widths[width], className)}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-15 font-semibold tracking-title">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <Button variant="ghost" size="icon-sm" aria-label={t("common.close")} className="-mr-2">
                <Icon name="x" />
              </Button>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-4">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
