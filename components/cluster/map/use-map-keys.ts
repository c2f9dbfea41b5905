"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { optionId } from "#components/cluster/dots/option-id.ts";
import type { MapState } from "#components/cluster/map-state.ts";
import { useShortcut } from "#components/layout/shortcuts.tsx";
import type { ServiceActions } from "#components/services/service-actions.ts";
import { toast } from "#components/ui/toast.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { densities } from "#lib/shared/map/density.ts";
import { isFiltered, noFilter } from "#lib/shared/map/filter-map.ts";
import { type Direction, stepFocus } from "#lib/shared/map/step-focus.ts";
import type { ClusterModel, ServiceView } from "#lib/shared/model/types.ts";

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

function tasksIn(sea: HTMLElement): HTMLElement[] {
  return [...sea.querySelectorAll<HTMLElement>("[data-task]")];
}

/** Only one task is a stop of the Tab key: the last one that had the focus, at first the first. */
function moveTabStop(sea: HTMLElement, to: HTMLElement) {
  for (const each of sea.querySelectorAll<HTMLElement>('[data-task][tabindex="0"]')) each.tabIndex = -1;
  to.tabIndex = 0;
}

/** Arrow keys move between tasks; handlers for the sea. */
export function useTaskFocus(ref: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const sea = ref.current;
    if (sea === null || sea.querySelector('[data-task][tabindex="0"]') !== null) return;
    const first = sea.querySelector<HTMLElement>("[data-task]");
    if (first) first.tabIndex = 0;
  });
  return {
    onFocus: ({ currentTarget, target }: { currentTarget: HTMLElement; target: EventTarget }) => {
      if (target instanceof HTMLElement && target.dataset.task !== undefined)
        moveTabStop(currentTarget, target);
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const direction = arrows[event.key];
      const { target, currentTarget } = event;
      if (direction === undefined || !(target instanceof HTMLElement) || target.dataset.task === undefined)
        return;
      event.preventDefault();
      const tasks = tasksIn(currentTarget);
      const boxes = tasks.map((task) => task.getBoundingClientRect());
      const next = stepFocus(boxes, tasks.indexOf(target), direction);
      if (next !== null) tasks[next]?.focus();
    },
  };
}

/** The service of the tile, mark, dot or legend line that has the focus. */
function focusedService(model: ClusterModel): ServiceView | undefined {
  const focused = document.activeElement;
  const dot = focused?.getAttribute("aria-activedescendant")?.replace(optionId(""), "");
  const id =
    focused?.closest<HTMLElement>("[data-service]")?.dataset.service ?? model.tasks[dot ?? ""]?.serviceId;
  return id === undefined ? undefined : model.services[id];
}

/** Rest after the last key before the number is sent, ms: as with the stepper. */
const scaleRestMs = 500;

/** D, +, −, R and Esc of the map. */
export function useMapKeys(state: MapState, model: ClusterModel, actions: ServiceActions) {
  const wanted = useRef(new Map<string, { replicas: number; timer: ReturnType<typeof setTimeout> }>());
  const latest = useRef({ model, actions });
  const router = useRouter();
  const { href } = useCluster();
  useEffect(() => {
    latest.current = { model, actions };
  });

  const send = (id: string, replicas: number) => {
    wanted.current.delete(id);
    const service = latest.current.model.services[id];
    // What went wrong has been shown already.
    if (service && service.replicas !== replicas)
      latest.current.actions.scale(service, replicas).catch(() => {});
  };
  const scaleBy = (by: number) => {
    const service = focusedService(model);
    if (service?.mode !== "replicated" || !actions.may.scale || actions.blocked !== null) return;
    const { id, name } = service;
    const before = wanted.current.get(id);
    const replicas = Math.max(0, (before?.replicas ?? service.replicas ?? 0) + by);
    clearTimeout(before?.timer);
    wanted.current.set(id, { replicas, timer: setTimeout(() => send(id, replicas), scaleRestMs) });
    toast(t("services.ask.scaleTitle", { name, n: replicas }), { id: `scale ${id}` });
  };
  const views = ["auto", ...densities] as const;

  useShortcut("d", t("map.keys.density"), () =>
    state.setDensity(views[(views.indexOf(state.density) + 1) % views.length] ?? "auto"),
  );
  useShortcut("+", t("map.keys.more"), () => scaleBy(1));
  useShortcut("-", t("map.keys.fewer"), () => scaleBy(-1));
  useShortcut("r", t("map.keys.restart"), () => {
    const service = focusedService(model);
    if (service && actions.may.restart && actions.blocked === null) void actions.restart(service);
  });
  useShortcut("l", t("map.keys.logs"), () => {
    const service = focusedService(model);
    if (service) router.push(href(`/logs?service=${encodeURIComponent(service.name)}`));
  });
  useShortcut("Escape", t("common.keysEsc"), () => {
    if (state.task !== null) state.select(null);
    else if (isFiltered(state.filter)) state.setFilter(noFilter);
  });
}
