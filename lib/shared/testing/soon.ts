import { vi } from "vitest";

/** Waits until `look` no longer throws, as long as a busy machine may need; answers what it answers. */
export const soon = <T>(look: () => T) => vi.waitFor(look, { timeout: 10_000 });
