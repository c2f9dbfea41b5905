"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { later } from "#components/ui/later.tsx";
import { leave } from "#lib/client/leaving.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { isTyping, type Shortcut, ShortcutKeys } from "./shortcut-keys.ts";

const ShortcutHelp = later(async () => (await import("./shortcut-help.tsx")).ShortcutHelp);
const Keys = createContext<ShortcutKeys | null>(null);

export interface ShortcutsProps {
  /** Where G then a letter goes: letter, words, address. */
  places: readonly { key: string; label: string; href: string }[];
  children: ReactNode;
}

/** Listens for keys for the whole page, holds the list of them, and shows it on `?`. */
export function Shortcuts({ places, children }: ShortcutsProps) {
  const router = useRouter();
  /** null: never opened, and not loaded. */
  const [isHelpOpen, setHelpOpen] = useState<boolean | null>(null);
  const [keys] = useState(() => new ShortcutKeys());

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !isTyping(event.target) && keys.press(event)) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [keys]);

  useEffect(() => {
    const own: Shortcut[] = [
      { keys: "?", label: t("common.keysHelp"), group: "everywhere", run: () => setHelpOpen(true) },
      { keys: "/", label: t("common.keysFilter"), group: "everywhere", run: focusFilter },
      ...places.map(({ key, label, href }) => ({
        keys: `g ${key}`,
        label,
        group: "go" as const,
        run: () => leave(() => router.push(href)),
      })),
    ];
    const removers = own.map((shortcut) => keys.add(shortcut));
    return () => {
      for (const remove of removers) remove();
    };
  }, [keys, places, router]);

  return (
    <Keys value={keys}>
      {children}
      {isHelpOpen !== null && <ShortcutHelp keys={keys} open={isHelpOpen} onOpenChange={setHelpOpen} />}
    </Keys>
  );
}

function focusFilter() {
  const input = document.querySelector<HTMLInputElement>("[data-filter-input]");
  input?.focus();
  input?.select();
}

/** Opens the list of keys from elsewhere (the account menu). */
export function useShortcutHelp(): () => void {
  const keys = useContext(Keys);
  return () => keys?.runNow("?");
}

/** Whether single keys work, and a switch for it, as in the list of keys. On until the browser has been asked. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const keys = useContext(Keys);
  const [isOn, setOn] = useState(true);
  useEffect(() => setOn(keys?.enabled ?? true), [keys]);
  const set = (on: boolean) => {
    if (keys) keys.enabled = on;
    setOn(on);
  };
  return [isOn, set];
}

/**
 * Adds a key to this page while the component is mounted, and to the list behind `?`. `keys` is one key, or
 * two with a space between ("g m"). Off while typing, and when the person switched single keys off.
 */
export function useShortcut(keys: string, label: string, run: (event: KeyboardEvent | undefined) => void) {
  const registry = useContext(Keys);
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(
    () => registry?.add({ keys, label, group: "page", run: (event) => latest.current(event) }),
    [registry, keys, label],
  );
}
