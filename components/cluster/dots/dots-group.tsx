"use client";

import { type MouseEvent, useRef, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { hintTask } from "#components/cluster/task-hint.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { MapGroup } from "#lib/shared/map/map-view.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import { nodeCondition, nodeLoad } from "#lib/shared/model/node-state.ts";
import { layoutDots } from "./dot-layout.ts";
import { DotsCell } from "./dots-cell.tsx";
import { DotsList } from "./dots-list.tsx";
import { taskAt, useDotsCanvas, useWidth } from "./use-dots-canvas.ts";

export interface DotsGroupProps {
  group: MapGroup;
  /** Pitch of the dots, px: 18 down to 9. */
  p: number;
  /** Task whose drawer is open. */
  selected: string | null;
  onSelect: (taskId: string) => void;
}

/** A group of nodes as fields of dots: one canvas for all of them, and the same as a hidden list. */
export function DotsGroup({ group, p, selected, onSelect }: DotsGroupProps) {
  const { model, href, now } = useCluster();
  const { tasksByNode } = indexModel(model);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const width = useWidth(frame);
  // Nothing is drawn before there is a width to draw in.
  const counts = width === 0 ? [] : group.nodes.map(({ tasks }) => tasks.length);
  const layout = layoutDots(counts, width, p);
  const scene = {
    layout,
    tasks: group.nodes.map(({ tasks }) => tasks),
    lost: group.nodes.map(({ node }) => node.state === "down"),
    selected,
    active,
  };
  useDotsCanvas(canvas, scene);

  const activate = (taskId: string | null) => {
    setActive(taskId);
    hintTask(taskId);
  };
  const taskUnder = (event: MouseEvent<HTMLElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return taskAt({ ...scene, lit: null, tint: null }, event.clientX - left, event.clientY - top);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list below is the way of the keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list below is the way of the keyboard
    <div
      ref={frame}
      data-slot="dots"
      className="relative"
      style={{ height: layout.height }}
      onPointerMove={(event) => {
        event.currentTarget.style.cursor = taskUnder(event) === null ? "" : "pointer";
      }}
      onClick={(event) => {
        const item = taskUnder(event);
        if (item) onSelect(item.task.id);
      }}
    >
      {width > 0 &&
        group.nodes.map(({ node, tasks }, i) => {
          const cell = layout.cells[i];
          return (
            cell && (
              <DotsCell
                key={node.id}
                node={node}
                condition={nodeCondition(node, now)}
                tasks={tasks}
                load={nodeLoad(tasksByNode.get(node.id) ?? [])}
                cell={cell}
                href={href(`/nodes/${encodeURIComponent(node.id)}`)}
              />
            )
          );
        })}
      <canvas
        ref={canvas}
        aria-hidden
        className="pointer-events-none absolute inset-0"
        style={{ width: layout.width, height: layout.height }}
      />
      <DotsList
        label={say(t, group.title)}
        nodes={group.nodes}
        active={active}
        selected={selected}
        onActive={activate}
        onSelect={onSelect}
      />
    </div>
  );
}
