import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { findChromium } from "../tests/e2e/chromium.ts";
import { benchAgents } from "./bench-agents.ts";

import { benchHeap } from "./bench-heap.ts";
import { benchImage } from "./bench-image.ts";
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
  "Usage: npm run bench -- [lab] [sizes] [tables] [heap] [tunnel] [usage] [tab] [--quick] [--no-record]   all when none is named; each part is recorded with its own date; --quick: sizes alone, within ten minutes, not recorded";

const parts = {
  lab: (browser: Browser, tell: (text: string) => void) => benchLab(browser, tell),
  sizes: (browser: Browser, tell: (text: string) => void, isQuick: boolean) =>
    benchSizes(browser, tell, isQuick ? quick : full),
  tables: (browser: Browser, tell: (text: string) => void) => benchTables(browser, tell),
  heap: (browser: Browser, tell: (text: string) => void) => benchHeap(browser, tell),
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
  heap: "A map at 20 nodes and 1,000 tasks, half an hour under churn",
  tunnel: "Through an agent",
  usage: "CPU, memory and traffic of containers: what looking costs",
  tab: "A tab that stays open: eight hours in ten minutes",
};

const head = `# Measured

Made by \`npm run bench\`; a budget is the most a number may be. 1 KB is 1,024 bytes. Work of a main thread is CPU time.
`;

const say = (text: string) => process.stderr.write(`${text}\n`);

function installedVersion(name: string): string {
  const file = join(import.meta.dirname, "../node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const isQuick = words.includes("--quick");
  const named = words.filter((word): word is Part => word in parts);
  const isRecorded = !words.includes("--no-record") && !isQuick;
  if (words.some((word) => !(word in parts) && !["--no-record", "--quick"].includes(word)))
    throw new Error(USAGE);
  const all = isQuick ? (["sizes"] as const) : (Object.keys(parts) as Part[]);
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: ["--no-sandbox", "--disable-background-networking"],
    ...(executablePath ? { executablePath } : {}),
  });
  const versions = {
    Node: process.versions.node,
    Chromium: browser.version(),
    next: installedVersion("next"),
    react: installedVersion("react"),
  };
  try {
    for (const name of named.length ? named : all) {
      const load = loadavg();
      const rows = await parts[name](browser, say, isQuick);
      if (name === "lab") rows.push(payloadRow(), ...(await benchImage(say)));
      const text = `${circumstances(versions, load)}\n\n${table(rows)}`;
      process.stdout.write(`\n## ${titles[name]}\n\n${text}\n`);
      // Part by part: two hours of measuring are not lost with the last of them.
      if (isRecorded) writeFileSync(RESULTS, recorded(readFileSync(RESULTS, "utf8"), name, text));
    }
  } finally {
    await browser.close();
  }
}

/** The results with one part measured anew; what is no part any more is gone. */
function recorded(before: string, measured: Part, text: string): string {
  const known = new Map(
    before
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const end = section.indexOf("\n");
        return [section.slice(0, end).trim(), section.slice(end).trim()];
      }),
  );
  known.set(titles[measured], text);
  const sections = Object.values(titles).flatMap((title) => {
    const section = known.get(title);
    return section === undefined ? [] : [`## ${title}\n\n${section}\n`];
  });
  return `${head}\n${sections.join("\n")}`;
}

function payloadRow(): Row {
  return { what: "payload, dist/", value: payloadBytes() / MB, unit: "MB", budget: null, note: "on disk" };
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
