"use client";

import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Chip } from "#components/ui/tag.tsx";
import { usePointedAt } from "#components/ui/use-pointed-at.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { TableHead } from "./table-head.tsx";
import { type RowShape, TableRow } from "./table-row.tsx";
import { firstScreen, mobileRowHeight, rowHeight, type TableProps, virtualFrom } from "./table-types.ts";
import { useRowOrder } from "./use-row-order.ts";
import { useIsAlive, useWide } from "./window-width.tsx";

/**
 * The one table. Fills its flex parent and scrolls inside. Arrows, Home and End move between rows, Enter opens,
 * Space selects. While the pointer or the focus is among the rows their order is held still; what changed
 * meanwhile waits behind a chip. From 60 rows on only those in sight are drawn.
 */
export function Table<Row>(props: TableProps<Row>) {
  "use no memo"; // the virtualizer is a mutable object: its answers change while its identity does not
  const { rows, keyOf, columns, selection, onOpen, bulk } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const { isPointedAt, letGo, handlers } = usePointedAt(body);
  const [isFocused, setFocused] = useState(false);
  const [current, setCurrent] = useState<string>();
  const scroller = useRef<HTMLDivElement>(null);
  const order = useRowOrder(rows, keyOf, columns, isPointedAt || isFocused, props.initialSort);
  const wide = useWide();
  const isAlive = useIsAlive();
  const shape: RowShape = wide === null ? "both" : wide ? "cells" : "item";
  const isVirtual = order.rows.length >= virtualFrom;
  const height = wide === false ? mobileRowHeight : rowHeight;

  const virtualizer = useVirtualizer({
    count: order.rows.length,
    enabled: isVirtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    initialRect: { width: 1200, height: 900 },
  });
  const { first, last, above, below } = isAlive
    ? partInSight(isVirtual ? virtualizer : null, order.rows.length)
    : partAtFirst(order.rows.length, height);
  const shown = order.rows.slice(first, last + 1);
  const currentKey = order.rows.some((row) => row.key === current) ? current : order.rows[0]?.key;

  const focusRow = (index: number) => {
    const held = order.rows[index];
    if (!held) return;
    setCurrent(held.key);
    if (isVirtual) virtualizer.scrollToIndex(index);
    // A virtual row may appear only after the scroll has been drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus(),
      ),
    );
  };

  const handleKey = (event: KeyboardEvent<HTMLTableRowElement>, index: number) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: order.rows.length - 1 }[event.key];
    const held = order.rows[index];
    if (move !== undefined) focusRow(Math.min(order.rows.length - 1, Math.max(0, move)));
    else if (event.key === "Enter" && held && !held.gone && onOpen) onOpen(held.row);
    else if (event.key === " " && held && selection) select(held.key, !selection.keys.has(held.key));
    else return;
    event.preventDefault();
  };

  const select = (key: string, on: boolean) => {
    if (!selection) return;
    const keys = new Set(selection.keys);
    if (on) keys.add(key);
    else keys.delete(key);
    selection.onChange(keys);
  };

  useEffect(() => {
    // Who types into a filter asks for other rows: a pointer that rests on them does not hold them.
    const onInput = ({ target }: Event) => {
      if (!(target instanceof Node && body.current?.contains(target))) letGo();
    };
    document.addEventListener("input", onInput, true);
    return () => document.removeEventListener("input", onInput, true);
  }, [letGo]);

  // The same functions for good: rows are drawn again only when something of theirs is another.
  const newest = useRef({ handleKey, select });
  newest.current = { handleKey, select };
  const [{ onKey, onSelect }] = useState(() => ({
    onKey: (event: KeyboardEvent<HTMLTableRowElement>, index: number) =>
      newest.current.handleKey(event, index),
    onSelect: (key: string, on: boolean) => newest.current.select(key, on),
  }));

  const span = columns.length + (selection ? 1 : 0);
  return (
    <div data-slot="table" className={clsx("relative flex min-h-0 flex-1 flex-col", props.className)}>
      {order.changes > 0 && (
        <Chip
          tone="move"
          onClick={order.release}
          className="absolute top-0.5 left-1/2 z-10 -translate-x-1/2 border border-accent-line text-accent! shadow-2"
        >
          {t("common.showChanges", { n: order.changes })}
        </Chip>
      )}
      <div ref={scroller} className="min-h-0 flex-1 overflow-auto">
        <table
          aria-label={props.label}
          aria-rowcount={order.rows.length + 1}
          className="w-full table-fixed border-separate border-spacing-0"
        >
          <TableHead
            columns={columns}
            rows={order.rows}
            selection={selection}
            sort={order.sort}
            onSort={order.sortBy}
          />
          <tbody
            ref={body}
            {...handlers}
            onFocus={(event) => {
              setFocused(true);
              const key = event.target.closest("tr")?.dataset.key;
              if (key !== undefined) setCurrent(key);
            }}
            onBlur={(event) => {
              if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
            }}
          >
            {above > 0 && <Spacer height={above} span={span} />}
            {shown.map((held, offset) => (
              <TableRow
                key={held.key}
                held={held}
                index={first + offset}
                isCurrent={held.key === currentKey}
                shape={shape}
                isAlive={isAlive}
                columns={columns}
                nameOf={props.nameOf}
                isSelected={selection?.keys.has(held.key)}
                onSelect={onSelect}
                onOpen={onOpen}
                mobile={props.mobile}
                onKey={onKey}
              />
            ))}
            {below > 0 && <Spacer height={below} span={span} />}
          </tbody>
        </table>
        {order.rows.length === 0 && props.empty}
        {bulk && selection && selection.keys.size > 0 && <div className="h-20" />}
      </div>
      {bulk && selection && selection.keys.size > 0 && bulk}
    </div>
  );
}

interface Part {
  /** Index of the first and of the last row that is drawn. */
  readonly first: number;
  readonly last: number;
  /** Heights of what is not drawn, px. */
  readonly above: number;
  readonly below: number;
}

/** What the page is sent with: the first screen. */
function partAtFirst(count: number, height: number): Part {
  const last = Math.min(count, firstScreen) - 1;
  return { first: 0, last, above: 0, below: (count - 1 - last) * height };
}

/** All rows, or what a virtual list has in sight. */
function partInSight(virtualizer: Virtualizer<HTMLDivElement, Element> | null, count: number): Part {
  if (virtualizer === null) return { first: 0, last: count - 1, above: 0, below: 0 };
  const items = virtualizer.getVirtualItems();
  const [start, end] = [items[0], items.at(-1)];
  return {
    first: start?.index ?? 0,
    last: end?.index ?? -1,
    above: start?.start ?? 0,
    below: virtualizer.getTotalSize() - (end?.end ?? 0),
  };
}

/** Stands for the rows above or below the window. */
function Spacer({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row, never focusable
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height }} className="p-0" />
    </tr>
  );
}
