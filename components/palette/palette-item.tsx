import "#lib/shared/i18n/pages/palette.ts";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { markingOf } from "#components/cluster/marking.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { IconName } from "#components/ui/icon-paths.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { RoleMark, TaskMark } from "#components/ui/mark.tsx";
import { partsOfSentence } from "#lib/shared/events/event-words.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { nodeRoleKind } from "#lib/shared/model/node-state.ts";
import { matchName } from "#lib/shared/palette/match.ts";
import type { PaletteItem } from "#lib/shared/palette/palette-types.ts";

export interface PaletteOptionProps {
  item: PaletteItem;
  optionId: string;
  words: readonly string[];
  isChosen: boolean;
  /** Under the chosen one: what happens, or why not. */
  consequence: string | null;
  reason: string | null;
  /** Icons of the places, by id. */
  icons: ReadonlyMap<string, IconName>;
  onPoint: () => void;
  onRun: (newTab: boolean) => void;
}

/** One line of the palette; the chosen one says what Enter does. */
export function PaletteOption(props: PaletteOptionProps) {
  const { item, optionId, words, isChosen, consequence, reason, icons, onPoint, onRun } = props;
  const below = isChosen ? (reason ?? consequence) : null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys belong to the field, which holds the focus
    // biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are never focused themselves
    <div
      id={optionId}
      role="option"
      aria-selected={isChosen}
      aria-disabled={reason !== null || undefined}
      aria-describedby={below === null ? undefined : `${optionId}-then`}
      onPointerMove={onPoint}
      onClick={(event) => onRun(event.ctrlKey || event.metaKey)}
      className={clsx("mx-1.5 cursor-pointer rounded-2 px-2.5 touch:py-1", isChosen && "bg-accent-soft")}
    >
      <div className={clsx("flex min-h-[38px] items-center gap-[11px]", reason && "opacity-60")}>
        <span className="grid size-4 shrink-0 place-items-center text-ink-3">
          <ItemMark item={item} icons={icons} />
        </span>
        <span className={clsx("min-w-0 truncate", isChosen && item.group === "do" && "font-semibold")}>
          <Marked text={say(t, item.title)} words={words} />
        </span>
        {item.note && (
          <span className="min-w-0 flex-1 truncate text-ink-3">
            <Marked text={say(t, item.note)} words={words} />
          </span>
        )}
        <span className="ml-auto flex shrink-0 items-center gap-1.5 pl-2 text-ink-3">
          {item.aside && <span className="max-sm:hidden">{say(t, item.aside)}</span>}
          {isChosen && !reason && <Kbd className="touch:hidden">↵</Kbd>}
        </span>
      </div>
      {below !== null && (
        <p
          id={`${optionId}-then`}
          data-slot="palette-consequence"
          className={clsx("-mt-1 pb-2.5 pl-[27px]", reason ? "text-warn" : "text-ink-2")}
        >
          {below}
        </p>
      )}
    </div>
  );
}

function ItemMark({ item: { mark }, icons }: { item: PaletteItem; icons: PaletteOptionProps["icons"] }) {
  if (mark.kind === "service") {
    const { color } = mark.service;
    return <TaskMark state="running" size={16} hue={color.hue} marking={markingOf(color)} />;
  }
  if (mark.kind === "node") return <RoleMark role={nodeRoleKind(mark.node)} />;
  if (mark.icon === "place") return <Icon name={icons.get(mark.place ?? "") ?? "search"} />;
  return <Icon name={mark.icon} />;
}

/** A sentence in which the letters that were typed are marked, in names only. */
function Marked({ text, words }: { text: string; words: readonly string[] }): ReactNode {
  return partsOfSentence(text).map(({ text: part, isName }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, never moved
    isName ? <Name key={index} name={part} words={words} /> : <span key={index}>{part}</span>,
  );
}

function Name({ name, words }: { name: string; words: readonly string[] }) {
  const isMarked = new Array<boolean>(name.length).fill(false);
  for (const word of words)
    for (const [from, to] of matchName(word, name)?.ranges ?? []) isMarked.fill(true, from, to);
  const runs: { text: string; marked: boolean; at: number }[] = [];
  for (let at = 0; at < name.length; at += 1) {
    const last = runs.at(-1);
    const marked = isMarked[at] === true;
    if (last?.marked === marked) last.text += name.charAt(at);
    else runs.push({ text: name.charAt(at), marked, at });
  }
  return (
    <bdi>
      {runs.map(({ text, marked, at }) =>
        marked ? (
          <mark key={at} className="bg-transparent font-semibold text-accent">
            {text}
          </mark>
        ) : (
          <span key={at}>{text}</span>
        ),
      )}
    </bdi>
  );
}
