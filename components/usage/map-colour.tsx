"use client";

import "#lib/shared/i18n/pages/usage.ts";
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { setMapUse, type UseNow } from "#components/cluster/map-use.ts";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoices } from "#components/ui/menu.tsx";
import { Pill } from "#components/ui/pill-menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { coarseStepMs } from "#lib/shared/usage/metrics.ts";
import type { SilentNode } from "#lib/shared/usage/topic.ts";
import type { UsageState } from "#lib/shared/usage/usage-state.ts";
import { formatUse } from "./format-use.ts";
import { tintColor, tintLevel, tintLevels, tintMost, tintRules, type UseMetric } from "./tint-rules.ts";
import { useUsage } from "./use-usage.ts";

type Colour = "service" | UseMetric;
const colours = ["service", "cpu", "memory"] as const;
const storageKey = "shoal.map.colour";
/** Nodes that tell nothing, named for each reason. */
const mostNamed = 3;

function readColour(text: string | null): Colour | null {
  return colours.find((colour) => colour === text) ?? null;
}

/** From the address, so that a view can be shared; without a word there, what this browser had last. */
function useColour(): [Colour, (colour: Colour) => void] {
  const [query, setQuery] = useAddressQuery();
  const [remembered] = useState(() => readColour(localStorage.getItem(storageKey)));
  const choose = (colour: Colour) => {
    localStorage.setItem(storageKey, colour);
    const next = new URLSearchParams(window.location.search);
    next.set("colour", colour);
    setQuery(next);
  };
  return [readColour(query.get("colour")) ?? remembered ?? "service", choose];
}

function numbersOf(state: UsageState, ids: Readonly<Record<string, unknown>>): Map<string, UseNow> {
  const found = new Map<string, UseNow>();
  for (const [id, { values }] of Object.entries(state.grids[coarseStepMs] ?? {})) {
    if (ids[id] === undefined) continue;
    found.set(id, { cpu: values[0]?.at(-1) ?? null, memory: values[1]?.at(-1) ?? null });
  }
  return found;
}

/** Gives the numbers to the map: bars of nodes always, tiles and dots while they are coloured by use. */
function useTint(state: UsageState, model: ClusterModel, colour: Colour): number {
  const tasks = colour === "service" ? new Map<string, UseNow>() : numbersOf(state, model.tasks);
  const most = colour === "service" ? 0 : tintMost(tasks, colour);
  const rules = colour === "service" ? "" : tintRules(tasks, colour, most);
  useEffect(() => {
    setMapUse({
      nodes: numbersOf(state, model.nodes),
      tasks,
      tint:
        colour === "service"
          ? null
          : (id) => {
              const value = tasks.get(id)?.[colour] ?? null;
              return value === null ? null : tintLevel(value, most);
            },
    });
  });
  useEffect(() => {
    if (rules === "") return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, [rules]);
  useEffect(() => () => setMapUse({ nodes: new Map(), tasks: new Map(), tint: null }), []);
  return most;
}

/** What the tiles of the map are coloured by, and what the colours mean. */
export function MapColour() {
  const { model } = useCluster();
  const [colour, setColour] = useColour();
  const state = useUsage({ kind: "map", tasks: colour !== "service" });
  const most = useTint(state, model, colour);
  return (
    <>
      {colour !== "service" && <Scale metric={colour} most={most} silent={state.silent} />}
      <Menu
        trigger={
          <Pill data-slot="map-colour">
            {t("usage.colour")} <b className="font-medium text-ink">{t(`usage.colour.${colour}`)}</b>
            <Icon name="chevron-down" size={14} className="text-ink-3" />
          </Pill>
        }
      >
        <MenuChoices
          value={colour}
          options={colours.map((value) => ({ value, label: t(`usage.colour.${value}`) }))}
          onChange={setColour}
        />
      </Menu>
    </>
  );
}

interface ScaleProps {
  metric: UseMetric;
  most: number;
  silent: readonly SilentNode[];
}

/** Nodes that are silent for the same reason, in one line. */
function byReason(silent: readonly SilentNode[]): readonly (readonly [why: string, names: string])[] {
  const reasons = new Map<string, string[]>();
  for (const { name, why } of silent) reasons.set(why, [...(reasons.get(why) ?? []), name]);
  return [...reasons].map(([why, names]) => {
    const more = names.length - mostNamed;
    const shown = names.slice(0, mostNamed).join(", ");
    return [why, more > 0 ? `${shown} ${t("common.andMore", { n: more })}` : shown];
  });
}

/** The legend of the colours, at the edge of the map, and which nodes tell nothing. */
function Scale({ metric, most, silent }: ScaleProps) {
  const map = document.querySelector('[data-slot="sea"]')?.parentElement;
  if (!map) return null;
  const levels = Array.from({ length: tintLevels }, (_, level) => level);
  return createPortal(
    <div
      data-slot="use-scale"
      className="pointer-events-none absolute bottom-3 left-5 z-10 max-w-[min(420px,calc(100%-40px))] rounded-3 border border-line-2 bg-raised px-3 py-2 text-11 text-ink-2 shadow-2"
    >
      <p className="flex items-center gap-1.5">
        <span className="font-medium">{t("usage.colour.ofTask", { what: t(`usage.colour.${metric}`) })}</span>
        <span className="text-ink-3">0</span>
        <span aria-hidden="true" className="flex overflow-hidden rounded-1 border border-line-2">
          {levels.map((level) => (
            <span key={level} className="h-3 w-4" style={{ background: tintColor(level) }} />
          ))}
        </span>
        <span className="text-ink-3">{formatUse(metric, most)}</span>
      </p>
      {byReason(silent).map(([why, names]) => (
        <p key={why} className="mt-1 line-clamp-2 text-ink-3">
          {t("usage.colour.missing", { names, why })}
        </p>
      ))}
    </div>,
    map,
  );
}
