import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/e2e/chromium.ts";

const executablePath = findChromium();

/** The browser suite: two files at a time, each worker with a swarm of its own; no retries here: `npm test` says what it does about a test that fails once (docs/testing.md). */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // A condition that does not come fails after 15 s; a whole walk through many pages may take long on a busy machine.
  timeout: 150_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: {
      args: ["--no-sandbox", "--disable-background-networking"],
      ...(executablePath ? { executablePath } : {}),
    },
  },
});
