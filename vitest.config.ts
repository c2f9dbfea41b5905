import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "lib/**/*.test.ts",
      "components/**/*.test.{ts,tsx}",
      "tests/{architecture,lab}/**/*.test.ts",
      "scripts/**/*.test.{ts,mjs}",
    ],
    environment: "node",
    testTimeout: 15_000,
    // A condition is waited for as long as a busy machine needs, not for the one second that is Vitest's habit.
    expect: { poll: { timeout: 10_000 } },
    // Tests hear every area, as the server does.
    setupFiles: ["lib/shared/i18n/pages/all.ts"],
  },
});
