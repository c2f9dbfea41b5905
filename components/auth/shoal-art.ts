/** One scale of the picture. `hue` 0 is the accent. */
export interface ArtScale {
  readonly x: number;
  readonly y: number;
  /** Degrees. */
  readonly turn: number;
  readonly scale: number;
  readonly opacity: number;
  readonly hue: number;
}

/** A small generator, so that the picture is the same on every visit (Lehmer, 31 bits). */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

/**
 * A shoal on its way from the lower left to the upper right: many small scales along one leaning S, denser
 * and larger to the front, each keeping its distance as fish do.
 */
export function drawShoal(width: number, height: number, count: number, seed = 7): ArtScale[] {
  const random = lehmer(seed);
  const spread = () => (random() + random() + random() + random() - 2) / 1.2;
  const spine = (t: number) => ({
    x: width * (-0.08 + 1.03 * t),
    y: height * (0.8 - 0.6 * t + 0.13 * Math.sin(t * 6.2 + 0.2)),
  });
  const placed: { x: number; y: number; gap: number }[] = [];
  const scales: ArtScale[] = [];
  for (let tries = 0; scales.length < count && tries < count * 14; tries++) {
    const t = random() ** 0.82;
    const here = spine(t);
    const ahead = spine(t + 0.01);
    const angle = Math.atan2(ahead.y - here.y, ahead.x - here.x);
    const breadth = height * (0.045 + 0.15 * Math.sin(Math.PI * Math.min(1, 0.12 + t * 0.86)) ** 0.9);
    const aside = spread();
    const lag = spread() * 26;
    const x = here.x - Math.sin(angle) * aside * breadth + Math.cos(angle) * lag;
    const y = here.y + Math.cos(angle) * aside * breadth + Math.sin(angle) * lag;
    const near = 1 - Math.min(1, Math.abs(aside) / 1.3);
    const scale = 0.55 + 1.2 * t ** 1.3 * (0.45 + 0.55 * near) + random() * 0.15;
    const turn = (angle * 180) / Math.PI + spread() * 9;
    const gap = 8.6 * scale;
    if (placed.some((other) => Math.hypot(other.x - x, other.y - y) < (gap + other.gap) / 1.55)) continue;
    placed.push({ x, y, gap });
    const hue = random() < 0.13 ? 1 + Math.floor(random() * 14) : 0;
    scales.push({ x, y, turn, scale, hue, opacity: 0.14 + 0.62 * near * (0.35 + 0.65 * t) });
  }
  return scales;
}
