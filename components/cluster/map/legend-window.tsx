"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef } from "react";
import { useMedia } from "#components/data/use-media.ts";
import { LegendEntries, type LegendEntriesProps } from "./legend-entries.tsx";

/** Heights, px: of a line (on touch), and of a stack's name with the room above it. */
const [lineHeight, touchLineHeight, nameHeight] = [28, 44, 30];

/** A legend of many services: only the entries in sight are drawn. */
export function LegendWindow({ entries, healths, actions }: LegendEntriesProps) {
  "use no memo"; // the virtualizer is a mutable object: its answers change while its identity does not
  const scroller = useRef<HTMLDivElement>(null);
  const isTouch = useMedia("(pointer: coarse)", false);
  // Another function where heights are others: that is when the virtualizer asks for them again.
  const keyOf = useCallback(
    (index: number) => `${isTouch} ${entries[index]?.service?.id ?? entries[index]?.stack.name}`,
    [entries, isTouch],
  );
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) =>
      entries[index]?.service === null ? nameHeight : isTouch ? touchLineHeight : lineHeight,
    getItemKey: keyOf,
    overscan: 12,
    initialRect: { width: 264, height: 900 },
  });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto pb-2">
      <div
        style={{
          paddingTop: first?.start ?? 0,
          paddingBottom: virtualizer.getTotalSize() - (last?.end ?? 0),
        }}
      >
        <LegendEntries
          entries={entries.slice(first?.index ?? 0, (last?.index ?? -1) + 1)}
          healths={healths}
          actions={actions}
        />
      </div>
    </div>
  );
}
