"use client";

import { useEffect, useState } from "react";
import { later } from "#components/ui/later.tsx";
import { onOpenPalette } from "./open-palette.ts";

// Not part of the first load.
const Palette = later(async () => (await import("./palette.tsx")).Palette);

/** Waits for Ctrl or ⌘ K. Stands once on every page of a cluster, inside its provider. */
export function PaletteHost() {
  /** null: never opened. A new number is a new, empty palette. */
  const [opened, setOpened] = useState<number | null>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(
    () =>
      onOpenPalette(() => {
        setOpened((n) => (n ?? 0) + 1);
        setOpen((open) => !open);
      }),
    [],
  );
  return opened === null ? null : <Palette key={opened} open={isOpen} onOpenChange={setOpen} />;
}
