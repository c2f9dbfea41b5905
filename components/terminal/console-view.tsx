"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import { clsx } from "clsx";
import { useEffect, useRef, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { copyText } from "#components/ui/copy-text.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ConsoleAddress } from "./console-address.ts";
import { ConsoleBar } from "./console-bar.tsx";
import { ConsoleEndLine } from "./console-end.tsx";
import { ConsoleSearch } from "./console-search.tsx";
import { useConsole } from "./use-console.ts";

export interface ConsoleViewProps {
  address: ConsoleAddress;
  /** Back to the choice of a container. */
  onOther: () => void;
}

const [smallest, largest] = [9, 24];
/** What phones have no key for. */
const touchKeys = [
  ["Esc", "\x1b"],
  ["Tab", "\t"],
  ["Ctrl C", "\x03"],
  ["Ctrl D", "\x04"],
  ["↑", "\x1b[A"],
  ["↓", "\x1b[B"],
] as const;

/** One console: its bar, the terminal, and what there is to say about its end. */
export function ConsoleView({ address, onOther }: ConsoleViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const leave = useRef<HTMLButtonElement>(null);
  const [fontSize, setFontSize] = useState(13);
  const [isSearching, setSearching] = useState(false);
  const label = t("consoles.terminal", { container: address.container, node: address.node ?? "" });
  const shown = useConsole(
    host,
    address,
    { fontSize, label },
    {
      onLeave: () => leave.current?.focus(),
      onSearch: () => setSearching(true),
      onCopy: (text) => void copyText(text),
    },
  );
  const { facts, terminal } = shown;
  useEffect(() => {
    const open = terminal.current;
    if (open === null) return;
    open.terminal.options.fontSize = fontSize;
    open.fit();
  }, [fontSize, terminal]);
  const zoom = (by: number) => setFontSize((size) => Math.min(largest, Math.max(smallest, size + by)));
  const closeSearch = () => {
    setSearching(false);
    terminal.current?.terminal.focus();
  };
  return (
    <>
      <ConsoleBar
        address={address}
        console={shown}
        onOther={onOther}
        onZoom={zoom}
        onSearch={() => setSearching(true)}
        first={leave}
      />
      {facts?.service && (
        <Banner flush tone="warn">
          {t("consoles.ofService", { name: facts.container.name, service: facts.service })}
        </Banner>
      )}
      {facts?.readOnly && <Banner flush>{t("consoles.readOnly")}</Banner>}
      <ConsoleEndLine console={shown} />
      <div className="relative min-h-0 flex-1 bg-surface dark:bg-water-deep">
        {isSearching && <ConsoleSearch terminal={terminal} onClose={closeSearch} />}
        <div
          ref={host}
          data-slot="terminal"
          data-owns-keys
          className={clsx(
            "absolute inset-0 overflow-hidden py-1.5 pl-2.5 [&_.xterm]:h-full [&_.xterm-viewport]:bg-transparent!",
            shown.problem !== null && "invisible",
          )}
        />
      </div>
      <div className="hidden shrink-0 gap-1.5 overflow-x-auto border-t border-line px-3 py-1.5 touch:flex">
        {touchKeys.map(([word, keys]) => (
          <Button key={word} onClick={() => shown.type(keys)}>
            {word}
          </Button>
        ))}
      </div>
      <p className="shrink-0 truncate border-t border-line px-5 py-1 text-11 text-ink-3 touch:hidden max-sm:hidden">
        {t("consoles.keys")}
      </p>
    </>
  );
}
