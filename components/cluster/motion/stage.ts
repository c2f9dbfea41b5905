import { hueColor } from "#components/ui/mark.tsx";
import { scaleBody } from "#components/ui/mark-paths.ts";
import { type Box, goneMs, scaleSteps, swimMs, wakeCurve } from "./wake-path.ts";

const easing = "cubic-bezier(.2,.7,.2,1)";
const [quickMs, changeMs, outlineMs] = [180, 420, 2000];
const svgSpace = "http://www.w3.org/2000/svg";

/** What is shown in place of a task that has left: how it looked (null: it was only drawn), and where. */
export interface Ghost {
  readonly look: HTMLElement | null;
  readonly box: Box;
}

/**
 * Plays motions over the map, with transform and opacity only. Everything it adds lives in its layer and is removed
 * when its animation ends; nothing runs in between.
 */
export class Stage {
  readonly #layer: HTMLElement;
  readonly #onStill: () => void;
  #active = 0;
  readonly #shifts = new Set<Animation>();

  /** `onStill` is called whenever the last motion has ended. */
  constructor(layer: HTMLElement, onStill: () => void) {
    this.#layer = layer;
    this.#onStill = onStill;
  }

  /** A thread of scales from one place to another. */
  wake(from: Box, to: Box, { hue, delayMs, scales }: { hue: number; delayMs: number; scales: number }): void {
    const svg = document.createElementNS(svgSpace, "svg");
    svg.dataset.slot = "wake";
    svg.setAttribute("class", "absolute top-0 left-0 size-px overflow-visible");
    svg.style.fill = hueColor(hue);
    const curve = wakeCurve(from, to);
    const options: KeyframeAnimationOptions = {
      duration: swimMs + goneMs,
      delay: delayMs,
      easing: "linear",
      fill: "both",
    };
    for (let i = 0; i < scales; i += 1) {
      const scale = document.createElementNS(svgSpace, "path");
      scale.setAttribute("d", scaleBody);
      svg.append(scale);
      const animation = scale.animate(scaleSteps(curve, i, scales), options);
      if (i === scales - 1) this.#whenOver(animation, svg);
    }
    this.#layer.append(svg);
  }

  /** Comes in from the left. */
  appear(element: HTMLElement, delayMs = 0): void {
    element.style.transformOrigin = "left center";
    const animation = element.animate([{ transform: "scale(.6)", opacity: 0 }, {}], {
      duration: changeMs,
      delay: delayMs,
      easing,
      fill: "backwards",
    });
    this.#whenOver(animation, null, () => {
      element.style.transformOrigin = "";
    });
  }

  /** Fades in where something else was. */
  fadeIn(element: HTMLElement): void {
    this.#whenOver(element.animate([{ opacity: 0 }, {}], { duration: quickMs, easing }));
  }

  /** Filled now: one swell. */
  swell(element: HTMLElement): void {
    markOf(element)?.animate([{ opacity: 0.35 }, {}], { duration: quickMs, easing });
    this.#whenOver(
      element.animate([{}, { transform: "scale(1.03)" }, {}], { duration: changeMs, easing: "ease-in-out" }),
    );
  }

  /** The mark is drawn leaving already; it gets there from staying. */
  turn(element: HTMLElement): void {
    const mark = markOf(element) ?? element;
    const turned = [{ transform: "scaleX(-1)" }, { transform: "scaleX(1)" }];
    this.#whenOver(mark.animate(turned, { duration: quickMs, easing }));
  }

  /** One shake of 2 px. */
  shake(element: HTMLElement): void {
    const at = (x: number) => ({ transform: `translateX(${x}px)` });
    const frames = [at(0), at(-2), at(2), at(-1), at(0)];
    this.#whenOver(element.animate(frames, { duration: changeMs, easing: "ease-out" }));
  }

  /** One ring around a place, from r = 6 to 14: red where something broke, in a service's hue where it came. */
  ring(box: Box, color: string): void {
    const ring = this.#addBox(middle(box, 28), "rounded-full border-[1.5px]");
    ring.style.borderColor = color;
    const frames = [
      { transform: "scale(.43)", opacity: 0.9 },
      { transform: "scale(1)", opacity: 0 },
    ];
    this.#whenOver(ring.animate(frames, { duration: changeMs, easing, fill: "both" }), ring);
  }

  /** What left drifts to the left and fades; its scale turns first unless it had turned before. */
  leave({ look, box }: Ghost, color: string, hasTurned: boolean): void {
    const ghost = look ?? drawnScale();
    Object.assign(ghost.style, {
      position: "absolute",
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
      margin: "0",
      color: look ? ghost.style.color : color,
    });
    this.#layer.append(ghost);
    const mark = markOf(ghost);
    if (mark && !hasTurned) {
      mark.animate([{}, { transform: "scaleX(-1)" }], { duration: quickMs, easing, fill: "forwards" });
    }
    const drift = [
      { opacity: 1 },
      { opacity: 1, offset: hasTurned ? 0.05 : 0.3 },
      { transform: "translateX(-8px)", opacity: 0 },
    ];
    this.#whenOver(ghost.animate(drift, { duration: changeMs, easing, fill: "forwards" }), ghost);
  }

  /** Moves an element from where it was, after its neighbours made or left room. Counts as nobody's own motion. */
  shift(element: HTMLElement, x: number, y: number): void {
    const from = [{ transform: `translate(${x}px, ${y}px)` }, {}];
    const animation = element.animate(from, { duration: quickMs, easing });
    this.#shifts.add(animation);
    const over = () => this.#shifts.delete(animation);
    animation.finished.then(over, over);
  }

  /**
   * Elements that still shift stand where they belong. Whoever reads places after a change calls this first: two motions
   * of one element add up to a wrong place, and the browser plays them on its main thread.
   */
  endShifts(): void {
    for (const shift of this.#shifts) shift.cancel();
    this.#shifts.clear();
  }

  /** A whole part of the map changes at once. */
  fade(element: HTMLElement): void {
    element.animate([{ opacity: 0.35 }, {}], { duration: quickMs, easing });
  }

  /** Without motion: an outline in accent for two seconds says what changed. */
  outline(box: Box): void {
    const outline = this.#addBox(box, "rounded-2 outline-2 outline-offset-1 outline-accent");
    outline.dataset.slot = "changed";
    const animation = outline.animate([{ opacity: 1 }, { opacity: 1 }], outlineMs);
    this.#whenOver(animation, outline);
  }

  #addBox(box: Box, className: string): HTMLElement {
    const element = document.createElement("div");
    element.className = `absolute ${className}`;
    Object.assign(element.style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    });
    this.#layer.append(element);
    return element;
  }

  #whenOver(animation: Animation, added: Element | null = null, then?: () => void): void {
    this.#active += 1;
    const over = () => {
      this.#active -= 1;
      added?.remove();
      then?.();
      if (this.#active === 0) this.#onStill();
    };
    // A cancelled animation (its element was removed) rejects: it is over too.
    animation.finished.then(over, over);
  }
}

function markOf(element: HTMLElement): SVGElement | null {
  return element.querySelector<SVGElement>('[data-slot="mark"]');
}

/** A square of `size` around the middle of a box. */
function middle({ left, top, width, height }: Box, size: number): Box {
  return { left: left + (width - size) / 2, top: top + (height - size) / 2, width: size, height: size };
}

/** A task that had no element of its own: the bare scale. */
function drawnScale(): HTMLElement {
  const holder = document.createElement("div");
  const svg = document.createElementNS(svgSpace, "svg");
  svg.dataset.slot = "mark";
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("class", "size-full");
  const body = document.createElementNS(svgSpace, "path");
  body.setAttribute("d", scaleBody);
  body.setAttribute("fill", "currentColor");
  svg.append(body);
  holder.append(svg);
  return holder;
}
