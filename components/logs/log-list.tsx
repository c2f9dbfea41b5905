"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { LogEntry } from "#lib/client/log-buffer.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { LogRow, lineHeight } from "./log-row.tsx";
import type { LogTaskName } from "./log-tasks.ts";

/** What the page does to the list. */
export interface LogListHandle {
  /** Shows the entry with this place in the middle. */
  show(index: number): void;
}

export interface LogListProps {
  handle: RefObject<LogListHandle | null>;
  entries: readonly LogEntry[];
  /** Stands still: the entries are those of the moment it was held. */
  isHeld: boolean;
  /** Held by the person's own scrolling, so that scrolling to the end lets it go. */
  isHeldByScroll: boolean;
  /** Entries that came since it is held. */
  newer: number;
  onHold: () => void;
  onRelease: () => void;
  nameOf: (taskId: string, nodeId: string) => LogTaskName;
  pattern: RegExp | null;
  wrap: boolean;
  showTime: boolean;
  showNames: boolean;
}

const noticeHeight = 38;
/** A scroll this soon after the person touched wheel, finger, bar or key is the person's, ms. */
const ownScrollMs = 800;

/** The lines in sight, of however many there are. Follows the newest until the person scrolls away. */
export function LogList(props: LogListProps) {
  "use no memo"; // the virtualizer is a mutable object: its answers change while its identity does not
  const { handle, entries, isHeld, wrap } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const touchedAt = useRef(0);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (entries[index]?.kind === "notice" ? noticeHeight : lineHeight),
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 20,
    initialRect: { width: 1200, height: 800 },
  });
  const toEnd = () => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  const total = virtualizer.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is more, or it is let go
  useLayoutEffect(() => {
    if (!isHeld) toEnd();
  }, [isHeld, entries, total]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights were measured for the other way of drawing
  useEffect(() => virtualizer.measure(), [wrap]);
  useImperativeHandle(handle, () => ({
    show: (index) => virtualizer.scrollToIndex(index, { align: "center" }),
  }));

  const touched = () => {
    touchedAt.current = performance.now();
  };
  const onScroll = () => {
    const element = scroller.current;
    if (!element || performance.now() - touchedAt.current > ownScrollMs) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (!isHeld && left > lineHeight * 2) props.onHold();
    else if (isHeld && props.isHeldByScroll && left < 4) props.onRelease();
  };
  const toggle = (id: number) => {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
    if (!isHeld) props.onHold();
    const index = entries.findIndex((entry) => entry.id === id);
    // Once it has its new height.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => virtualizer.scrollToIndex(index, { align: "auto" })),
    );
  };

  return (
    <div className="relative flex min-h-0 flex-1 flex-col bg-surface dark:bg-water-deep">
      <section
        ref={scroller}
        aria-label={t("logs.lines")}
        data-slot="log-list"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
        onWheel={touched}
        onTouchMove={touched}
        onPointerDown={touched}
        onKeyDown={touched}
        className="mono min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain py-1.5 text-12 leading-5 [font-variant-ligatures:none]"
      >
        <div className="relative w-full" style={{ height: total }}>
          {virtualizer.getVirtualItems().map((item) => {
            const entry = entries[item.index];
            if (!entry) return null;
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogRow
                  entry={entry}
                  task={entry.kind === "line" ? props.nameOf(entry.line.taskId, entry.line.nodeId) : null}
                  pattern={props.pattern}
                  wrap={wrap}
                  showTime={props.showTime}
                  showNames={props.showNames}
                  isOpen={open.has(entry.id)}
                  onToggle={toggle}
                />
              </div>
            );
          })}
        </div>
      </section>
      {isHeld && (
        <Button
          onClick={props.onRelease}
          className={clsx(
            "absolute bottom-3.5 left-1/2 h-8! -translate-x-1/2 rounded-full! shadow-2!",
            props.newer > 0 && "text-accent!",
          )}
        >
          <Icon name="chevron-down" size={14} />
          {props.newer > 0 ? t("logs.newer", { n: props.newer }) : t("logs.newest")}
        </Button>
      )}
    </div>
  );
}
