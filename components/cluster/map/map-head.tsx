"use client";

import { useEffect, useRef, useState } from "react";
import { type Freshness, LiveIndicator } from "#components/layout/live-indicator.tsx";
import { healthMark } from "#components/services/health-line.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { Chip } from "#components/ui/tag.tsx";
import { type Phrase, say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { MapFilter } from "#lib/shared/map/filter-map.ts";
import type { MapChip } from "#lib/shared/map/map-chips.ts";

const begin = "\u0001";
const end = "\u0002";

/** A sentence of the catalogue whose {b}…{e} is bold. */
function Bold({ text }: { text: Phrase }) {
  const spoken = say(t, { ...text, params: { ...text.params, b: begin, e: end } });
  const [before = "", rest = ""] = spoken.split(begin, 2);
  const [strong = "", after = ""] = rest.split(end, 2);
  return (
    <span>
      {before}
      <b className="font-semibold text-ink">{strong}</b>
      {after}
    </span>
  );
}

const tones = { bad: "bad", warn: "warn", move: "move" } as const;

function ChipMark({ chip }: { chip: MapChip }) {
  if ("health" in chip.narrows) return <HealthMark health={healthMark[chip.narrows.health]} size={13} />;
  return <HealthMark health={chip.tone === "bad" ? "failing" : "unhealthy"} size={13} />;
}

/** Is the chip what the filter says now? */
function isOn({ narrows }: MapChip, filter: MapFilter): boolean {
  return "health" in narrows ? filter.health.includes(narrows.health) : filter.text === narrows.text;
}

function toggled(chip: MapChip, filter: MapFilter): MapFilter {
  const on = isOn(chip, filter);
  const { narrows } = chip;
  if ("health" in narrows) return { ...filter, health: on ? [] : [narrows.health] };
  return { ...filter, text: on ? "" : narrows.text };
}

/** Says a sentence to screen readers when it changes, at most every 5 s, and never the first time. */
function Announcer({ sentence }: { sentence: string }) {
  const [said, setSaid] = useState("");
  const last = useRef({ sentence, at: 0 });
  useEffect(() => {
    if (last.current.sentence === sentence) return;
    const wait = Math.max(0, last.current.at + 5000 - Date.now());
    const timer = setTimeout(() => {
      last.current = { sentence, at: Date.now() };
      setSaid(sentence);
    }, wait);
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  );
}

export interface MapHeadProps {
  sentence: string;
  chips: readonly MapChip[];
  freshness: Freshness;
  filter: MapFilter;
  onFilter: (filter: MapFilter) => void;
}

/** How the cluster is: one sentence, and what to look at. */
export function MapHead({ sentence, chips, freshness, filter, onFilter }: MapHeadProps) {
  return (
    <header
      data-slot="map-head"
      className="relative flex min-h-14 shrink-0 items-center gap-2 px-5 max-lg:flex-wrap max-lg:py-2.5 max-sm:gap-1.5 max-sm:px-4 max-sm:pt-3 max-sm:pb-1"
    >
      <h1 className="mr-2 text-18 font-semibold tracking-[-0.018em] whitespace-nowrap max-sm:w-full max-sm:pr-24 max-sm:whitespace-normal">
        {sentence}
      </h1>
      <Announcer sentence={sentence} />
      {chips.map((chip) => (
        <Chip
          key={chip.key}
          tone={tones[chip.tone as keyof typeof tones] ?? "quiet"}
          aria-pressed={isOn(chip, filter)}
          onClick={() => onFilter(toggled(chip, filter))}
          className="max-w-full min-w-0 shrink"
        >
          <ChipMark chip={chip} />
          <span className="min-w-0 truncate">
            <Bold text={chip.text} />
          </span>
        </Chip>
      ))}
      <span className="flex-1 max-sm:hidden" />
      <LiveIndicator freshness={freshness} className="max-sm:absolute max-sm:top-4 max-sm:right-4" />
    </header>
  );
}
