"use client";

import "#lib/shared/i18n/pages/palette.ts";
import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { navPlaces } from "#components/layout/nav.ts";
import { samePage } from "#components/layout/same-page.ts";
import { useShortcutHelp } from "#components/layout/shortcuts.tsx";
import { dialogClass, scrimClass } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { useContainers } from "#lib/client/use-containers.ts";
import { useGlances } from "#lib/client/use-glances.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PaletteItem } from "#lib/shared/palette/palette-types.ts";
import { suggest, wordsToMark } from "#lib/shared/palette/suggest.ts";
import { consequenceOf } from "./consequence.ts";
import { PaletteOption } from "./palette-item.tsx";
import { useRunPalette } from "./use-run-palette.ts";

export interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Go anywhere and act by typing: "scale fro 6". The chosen line says what Enter does before it is pressed. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          data-slot="dialog"
          aria-describedby={undefined}
          className={clsx(dialogClass, "overflow-hidden sm:top-[118px]! sm:w-[620px]")}
        >
          <Radix.Title className="sr-only">{t("palette.title")}</Radix.Title>
          <Lines onClose={() => onOpenChange(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Lines({ onClose }: { onClose: () => void }) {
  const { model, viewer, may, blocked, href } = useCluster();
  const [text, setText] = useState("");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const showKeys = useShortcutHelp();
  const run = useRunPalette();
  const places = navPlaces(model.info.id, viewer.role, model.info.phase === "not_swarm");
  // Nobody needs them before something is typed.
  const containers = useContainers(text.trim().length < 2 ? null : model.info.id, null);
  const page = usePathname();
  const clusters = (useGlances() ?? [])
    .filter(({ id }) => id !== model.info.id)
    .map(({ id, name }) => ({ name, path: samePage(page, id) }));
  const items = suggest(text, { model, containers, may, places, clusters, href });
  const chosen = items.find(({ id }) => id === chosenId) ?? items[0];
  const optionId = (item: PaletteItem) => `${listId}-${items.indexOf(item)}`;
  const reasonOf = ({ reason, action }: PaletteItem): string | null =>
    reason ? say(t, reason) : action.kind === "go" || action.kind === "complete" ? null : blocked;

  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    setChosenId(item.id);
    requestAnimationFrame(() =>
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }),
    );
  };
  const start = (item: PaletteItem | undefined, newTab: boolean) => {
    if (!item || reasonOf(item) !== null) return;
    if (item.action.kind === "complete") {
      setText(item.action.text);
      setChosenId(null);
      return;
    }
    onClose();
    run(item.action, newTab);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // While an input method is composing, its keys are not ours.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const at = chosen ? items.indexOf(chosen) : -1;
    if (event.key === "ArrowDown") choose(items[(at + 1) % items.length]);
    else if (event.key === "ArrowUp") choose(items.at(at <= 0 ? -1 : at - 1));
    else if (event.key === "Enter") start(chosen, event.ctrlKey || event.metaKey);
    else if (event.key === "?" && text === "") {
      onClose();
      showKeys();
    } else return;
    event.preventDefault();
  };
  const groups = [...Map.groupBy(items, ({ group }) => group)];
  const icons = new Map(places.map(({ id, icon }) => [id as string, icon]));
  return (
    <>
      <div className="flex h-[52px] shrink-0 items-center gap-[11px] border-b border-line px-4">
        <Icon name="search" className="text-ink-2" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the field is what the dialog is for
          autoFocus
          type="text"
          role="combobox"
          aria-label={t("palette.title")}
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen && optionId(chosen)}
          placeholder={t("palette.placeholder")}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosenId(null);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent text-[16px] outline-none placeholder:text-ink-3"
        />
      </div>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t("palette.title")}
        className="min-h-0 flex-1 overflow-y-auto pb-1.5"
      >
        {groups.map(([group, own]) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={group} role="group" aria-label={t(`palette.group.${group}`)}>
            <div aria-hidden="true" className="px-4 pt-[11px] pb-[5px] text-11 font-medium text-ink-3">
              {t(`palette.group.${group}`)}
            </div>
            {own.map((item) => (
              <PaletteOption
                key={item.id}
                item={item}
                optionId={optionId(item)}
                words={wordsToMark(text)}
                isChosen={item === chosen}
                consequence={item === chosen ? consequenceOf(model, item.action) : null}
                reason={reasonOf(item)}
                icons={icons}
                onPoint={() => item !== chosen && setChosenId(item.id)}
                onRun={(newTab) => start(item, newTab)}
              />
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 && <p className="px-4 py-6 text-center text-ink-2">{t("palette.nothing")}</p>}
      <p role="status" className="sr-only">
        {t("palette.results", { n: items.length })}
      </p>
      <Hints
        onKeys={() => {
          onClose();
          showKeys();
        }}
      />
    </>
  );
}

function Hints({ onKeys }: { onKeys: () => void }) {
  const hint = "flex items-center gap-1.5";
  return (
    <footer className="flex h-[38px] shrink-0 items-center gap-4 border-t border-line px-4 text-12 text-ink-3 touch:hidden">
      <span className={hint}>
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd>
        {t("palette.hint.move")}
      </span>
      <span className={hint}>
        <Kbd>↵</Kbd>
        {t("palette.hint.do")}
      </span>
      <span className={clsx(hint, "max-sm:hidden")}>
        <Kbd>Ctrl ↵</Kbd>
        {t("palette.hint.newTab")}
      </span>
      <span className="flex-1" />
      <button type="button" onClick={onKeys} className={clsx(hint, "rounded-1 hover:text-ink")}>
        <Kbd>?</Kbd>
        {t("palette.hint.keys")}
      </button>
    </footer>
  );
}
