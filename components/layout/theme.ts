"use client";

import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const themeKey = "shoal_theme";
const railKey = "shoal_rail";
const listeners = new Set<() => void>();

/** Storage may be forbidden (private windows, policies): then the choice lasts until the page closes. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {}
  for (const listener of listeners) listener();
}

function chosen(): Theme {
  const value = read(themeKey);
  return value === "light" || value === "dark" ? value : "system";
}

function paint() {
  const theme = chosen();
  const dark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

function subscribe(listener: () => void) {
  const media = matchMedia("(prefers-color-scheme: dark)");
  const changed = () => {
    paint();
    listener();
  };
  listeners.add(changed);
  media.addEventListener("change", changed);
  addEventListener("storage", changed);
  return () => {
    listeners.delete(changed);
    media.removeEventListener("change", changed);
    removeEventListener("storage", changed);
  };
}

/** The chosen theme, and a setter that paints at once and tells the other tabs and the server (cookie). */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore<Theme>(subscribe, chosen, () => "system");
  return [theme, setTheme];
}

function setTheme(theme: Theme) {
  // biome-ignore lint/suspicious/noDocumentCookie: one plain cookie; the Cookie Store API is not in every browser we serve
  document.cookie = `${themeKey}=${theme}; path=/; max-age=31536000; samesite=lax`;
  write(themeKey, theme);
}

/** Whether the sidebar is kept as a narrow rail on wide screens, and a switch for it. */
export function useRail(): [boolean, () => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset.rail === "on",
    () => false,
  );
  return [on, toggleRail];
}

function toggleRail() {
  const root = document.documentElement;
  if (root.dataset.rail === "on") delete root.dataset.rail;
  else root.dataset.rail = "on";
  write(railKey, root.dataset.rail ?? "off");
}
