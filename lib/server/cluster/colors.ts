import type { ServiceColor } from "#lib/shared/model/types.ts";

/** A remembered colour; `lastSeenAt`: when a service of that name was last there, ms since 1970. */
export interface StoredColor extends ServiceColor {
  readonly name: string;
  readonly lastSeenAt: number;
}

/** Where colours live between runs (the table service_colors). */
export interface ColorStore {
  list(cluster: string): readonly StoredColor[];
  /** Adds or replaces. */
  put(cluster: string, rows: readonly StoredColor[]): void;
  /** Forgets names that were not seen since this time. */
  removeUnseen(cluster: string, since: number): void;
}

const KEPT_MS = 30 * 24 * 3_600_000;
const NOTE_EVERY_MS = 3_600_000;
const HUES = 14;
const MARKINGS = 3;
/** 5 and 14 share no factor, so the walk meets every hue once. */
const STEP = 5;

/** FNV-1a over UTF-8, 32 bits. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}

/**
 * The colour of a new service (look.md §3): the hue its name prefers, else the next free one on a walk of 5; when
 * all are taken the same walk with stripes, then spots, then the least used of all. Never changes `taken`.
 */
export function assignColor(serviceName: string, taken: Iterable<ServiceColor>): ServiceColor {
  const uses = new Map<number, number>();
  for (const color of taken) uses.set(keyOf(color), (uses.get(keyOf(color)) ?? 0) + 1);
  let best: ServiceColor | null = null;
  let bestUses = Number.POSITIVE_INFINITY;
  for (const color of walk(serviceName)) {
    const used = uses.get(keyOf(color)) ?? 0;
    if (used === 0) return color;
    if (used < bestUses) {
      best = color;
      bestUses = used;
    }
  }
  return best ?? { hue: 1, marking: 0 };
}

function* walk(serviceName: string): Generator<ServiceColor> {
  const start = fnv1a32(serviceName) % HUES;
  for (let marking = 0; marking < MARKINGS; marking += 1) {
    for (let step = 0; step < HUES; step += 1) yield { hue: ((start + step * STEP) % HUES) + 1, marking };
  }
}

function keyOf({ hue, marking }: ServiceColor): number {
  return marking * HUES + hue;
}

/** The colours of one cluster: remembered by service name, made on first sight, stored at once. */
export interface Colors {
  of(serviceName: string): ServiceColor;
  /** These services, and no others, exist now: keeps their colours alive. */
  seen(serviceNames: readonly string[]): void;
}

/** Loads what is remembered. Colours are kept 30 days after the last service of that name. */
export function createColors(cluster: string, store: ColorStore, now: () => number): Colors {
  store.removeUnseen(cluster, now() - KEPT_MS);
  const known = new Map<string, ServiceColor>(
    store.list(cluster).map(({ name, hue, marking }) => [name, { hue, marking }]),
  );
  let notedAt = Number.NEGATIVE_INFINITY;
  return {
    of(name) {
      const old = known.get(name);
      if (old) return old;
      const color = assignColor(name, known.values());
      known.set(name, color);
      store.put(cluster, [{ name, ...color, lastSeenAt: now() }]);
      return color;
    },
    seen(names) {
      if (now() - notedAt < NOTE_EVERY_MS) return;
      notedAt = now();
      const rows = names.flatMap((name) => {
        const color = known.get(name);
        return color ? [{ name, ...color, lastSeenAt: now() }] : [];
      });
      store.put(cluster, rows);
    },
  };
}
