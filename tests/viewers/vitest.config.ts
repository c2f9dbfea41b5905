import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Many viewers, and odd ones, of the built server in front of a simulated swarm: two files at a time. */
export default defineConfig({
  root: join(import.meta.dirname, "../.."),
  test: {
    include: ["tests/viewers/**/*.test.ts"],
    environment: "node",
    setupFiles: ["lib/shared/i18n/pages/all.ts"],
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});
