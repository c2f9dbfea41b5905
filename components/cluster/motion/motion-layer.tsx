"use client";

import { Component, createRef } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { MotionBudget, mostAnimated } from "./motion-budget.ts";
import { findSea } from "./places.ts";
import { planMotion } from "./plan-motion.ts";
import { type Before, play, readBefore } from "./play.ts";
import { Stage } from "./stage.ts";

/**
 * Shows changes of the cluster as motion over the map. Stands last inside of the scrolled content of the map
 * (`data-slot="sea"`, positioned), and never takes clicks.
 */
export function MotionLayer() {
  return <Layer model={useCluster().model} />;
}

/**
 * A class, because only `getSnapshotBeforeUpdate` sees the map as it stood right before a change, in the same commit
 * that draws it anew: old places are read once there, new ones once after, and nothing is kept or read in between.
 */
class Layer extends Component<{ model: ClusterModel }, object, Before | null> {
  readonly #layer = createRef<HTMLDivElement>();
  readonly #shakenAt = new Map<string, number>();
  readonly #budget = new MotionBudget();
  #stage: Stage | null = null;

  override getSnapshotBeforeUpdate(previous: Readonly<{ model: ClusterModel }>): Before | null {
    const { model } = this.props;
    const layer = this.#layer.current;
    const sea = findSea();
    if (previous.model.tasks === model.tasks || !layer || !sea || document.hidden) return null;
    this.#stage ??= new Stage(layer, () => Object.assign(layer.style, { width: "", height: "" }));
    const now = Date.now();
    const plan = planMotion(previous.model, model, {
      now,
      room: this.#budget.room(now),
      shakenAt: this.#shakenAt,
    });
    if (!plan.fade && plan.motions.length === 0) return null;
    this.#budget.spend(plan.fade ? mostAnimated : plan.motions.length);
    for (const motion of plan.motions) {
      if (motion.kind === "fail" && motion.shake) this.#shakenAt.set(motion.key, now);
    }
    return readBefore(sea, layer.getBoundingClientRect(), plan, previous.model);
  }

  override componentDidUpdate(
    _model: Readonly<{ model: ClusterModel }>,
    _state: object,
    before: Before | null,
  ): void {
    const layer = this.#layer.current;
    const sea = findSea();
    if (before === null || !layer || !sea || this.#stage === null) return;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const origin = layer.getBoundingClientRect();
    // As big as the map while something moves, so that nothing swims out of it and makes it scroll.
    const [width, height] = [sea.clientWidth, sea.scrollHeight];
    play(this.#stage, sea, origin, before, this.props.model, isStill);
    Object.assign(layer.style, { width: `${width}px`, height: `${height}px` });
  }

  override render() {
    return (
      <div
        ref={this.#layer}
        data-slot="motion"
        aria-hidden
        className="pointer-events-none absolute top-0 left-0 z-3 size-0 overflow-clip"
      />
    );
  }
}
