import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** The real-swarm suite: two files at a time, each with engines of its own. They mostly wait for elections and time-outs. */
export default defineConfig({
  root: join(import.meta.dirname, "../.."),
  test: {
    include: ["tests/swarm/**/*.test.ts"],
    environment: "node",
    setupFiles: ["lib/shared/i18n/pages/all.ts"],
    maxWorkers: 2,
    testTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
  },
});
