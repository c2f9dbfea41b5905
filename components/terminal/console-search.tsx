"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { OpenTerminal } from "./open-terminal.ts";

export interface ConsoleSearchProps {
  terminal: RefObject<OpenTerminal | null>;
  onClose: () => void;
}

/** Looks for text in what the terminal keeps; the match is selected. */
export function ConsoleSearch({ terminal, onClose }: ConsoleSearchProps) {
  const [text, setText] = useState("");
  const find = (isBack: boolean) => {
    const search = terminal.current?.search;
    if (isBack) search?.findPrevious(text);
    else search?.findNext(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") find(!event.shiftKey);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <div className="absolute top-2 right-4 z-10 flex items-center gap-1 rounded-3 border border-line bg-raised p-1.5 shadow-2">
      <Input
        size="sm"
        autoFocus
        aria-label={t("consoles.search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="w-[180px]"
      />
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("consoles.searchPrevious")}
        onClick={() => find(true)}
      >
        <Icon name="chevron-up" size={14} />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("consoles.searchNext")}
        onClick={() => find(false)}
      >
        <Icon name="chevron-down" size={14} />
      </Button>
      <Button variant="ghost" size="icon-sm" aria-label={t("consoles.searchClose")} onClick={onClose}>
        <Icon name="x" size={14} />
      </Button>
    </div>
  );
}
