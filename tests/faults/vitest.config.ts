import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Shoal in front of faulty engines. Two files at a time: each mostly waits for what it has broken. */
export default defineConfig({
  root: join(import.meta.dirname, "../.."),
  test: {
    include: ["tests/faults/**/*.test.ts"],
    environment: "node",
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});
