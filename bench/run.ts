import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { findChromium } from "../tests/e2e/chromium.ts";
import { benchAgents } from "./bench-agents.ts";

import { benchLab } from "./bench-lab.ts";
import { benchLongTab } from "./bench-long-tab.ts";
import { benchSizes, full, quick } from "./bench-sizes.ts";
import { benchTables } from "./bench-tables.ts";
import { benchTunnel } from "./bench-tunnel.ts";
import { benchUsage } from "./bench-usage.ts";
import { payloadBytes } from "./payload-bytes.ts";
import { circumstances, MB, type Row, table } from "./report.ts";

const RESULTS = join(import.meta.dirname, "RESULTS.md");
const USAGE =
  "Usage: npm run bench -- [lab] [sizes] [tables] [tunnel] [usage] [tab] [--quick] [--no-record]   all when none is named; --quick: sizes alone, within ten minutes, not recorded";

const parts = {
  lab: (browser: Browser, tell: (text: string) => void) => benchLab(browser, tell),
  sizes: (browser: Browser, tell: (text: string) => void, isQuick: boolean) =>
    benchSizes(browser, tell, isQuick ? quick : full),
  tables: (browser: Browser, tell: (text: string) => void) => benchTables(browser, tell),
  tunnel: async (_: Browser, tell: (text: string) => void) => [
    ...(await benchTunnel(tell)),
    ...(await benchAgents(tell)),
  ],
  usage: (_: Browser, tell: (text: string) => void) => benchUsage(tell),
  tab: (browser: Browser, tell: (text: string) => void) => benchLongTab(browser, tell),
} as const;
type Part = keyof typeof parts;

const titles: Record<Part, string> = {
  lab: "On a real swarm: 3 engines, 50 services, 100 tasks",
  sizes: "On simulated swarms of five sizes, four finished tasks for each that runs",
  tables: "Tables at the largest size: 300 nodes, 2,000 services, 20,000 tasks",
  tunnel: "Through an agent",
  usage: "CPU, memory and traffic of containers: what looking costs",
  tab: "A tab that stays open: eight hours in ten minutes",
};

const say = (text: string) => process.stderr.write(`${text}\n`);

function installedVersion(name: string): string {
  const file = join(import.meta.dirname, "../node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const isQuick = words.includes("--quick");
  const named = words.filter((word): word is Part => word in parts);
  const isRecorded = !words.includes("--no-record") && !isQuick && named.length === 0;
  if (words.some((word) => !(word in parts) && !["--no-record", "--quick"].includes(word)))
    throw new Error(USAGE);
  const all = isQuick ? (["sizes"] as const) : (Object.keys(parts) as Part[]);
  const load = loadavg();
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: ["--no-sandbox", "--disable-background-networking"],
    ...(executablePath ? { executablePath } : {}),
  });
  try {
    const sections: string[] = [];
    for (const name of named.length ? named : all) {
      const rows = await parts[name](browser, say, isQuick);
      if (name === "lab") rows.push(payloadRow());
      sections.push(`## ${titles[name]}\n\n${table(rows)}\n`);
    }
    const versions = {
      Node: process.versions.node,
      Chromium: browser.version(),
      next: installedVersion("next"),
      react: installedVersion("react"),
    };
    const text = `# Measured\n\nMade by \`npm run bench\`; a budget is the most a number may be. 1 KB is 1,024 bytes.\n\n${circumstances(versions, load)}\n\n${sections.join("\n")}`;
    process.stdout.write(`\n${text}`);
    if (isRecorded) writeFileSync(RESULTS, text);
  } finally {
    await browser.close();
  }
}

function payloadRow(): Row {
  return { what: "payload, dist/", value: payloadBytes() / MB, unit: "MB", budget: null, note: "on disk" };
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
