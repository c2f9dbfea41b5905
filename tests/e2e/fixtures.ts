import { test as base, type ConsoleMessage, expect } from "@playwright/test";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { startShoalStack } from "../lab/shoal-stack.ts";

interface TestFixtures {
  /**
   * Errors in the browser's console that this test provokes on purpose, as patterns: `test.use({ allowedErrors: [/503/] })`.
   * Every other one fails the test, and so does every exception in the page.
   */
  allowedErrors: readonly RegExp[];
}

interface WorkerFixtures {
  /** Nodes and managers of the lab: `test.use({ labSize: { nodes: 4, managers: 3 } })` at the top of a file. */
  labSize: { readonly nodes: number; readonly managers: number };
  /** A real swarm, shared by the tests of a worker: put back what you break. */
  lab: Lab;
  /** A Shoal server on all managers of the lab; `page.goto("/")` opens it. */
  shoal: Shoal;
}

/** The lab of another worker that comes or goes changes the networks of this machine, and breaks off a request that is under way. */
const networkChanged = /ERR_NETWORK_CHANGED/;

/** SHOAL_E2E_DEPLOYMENT=stack: the same tests on the image, deployed by shoal-stack.yml with an agent on every node. */
const isDeployed = process.env.SHOAL_E2E_DEPLOYMENT === "stack";

/** The `test` of every browser test: Chromium on a Shoal server on a real swarm. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  labSize: [
    { nodes: 3, managers: 1 },
    { option: true, scope: "worker" },
  ],
  allowedErrors: [[], { option: true }],

  lab: [
    async ({ labSize }, use, workerInfo) => {
      const lab = await startLab({ name: `e2e worker ${workerInfo.workerIndex}`, ...labSize });
      await use(lab);
      await lab.down();
    },
    { scope: "worker", timeout: 180_000 },
  ],

  shoal: [
    async ({ lab }, use) => {
      const engines = lab.managers.map(lab.host);
      const shoal = await (isDeployed ? startShoalStack(lab) : startShoal({ engines }));
      await use(shoal);
      await shoal.stop();
    },
    { scope: "worker", timeout: isDeployed ? 600_000 : 90_000 },
  ],

  baseURL: async ({ shoal }, use) => use(shoal.url),

  // On the context and not on the page, so that a second tab of a test is held to the same.
  context: async ({ context, allowedErrors }, use) => {
    const errors: string[] = [];
    context.on("console", (message) => {
      if (message.type() === "error") errors.push(consoleLine(message));
    });
    context.on("weberror", (error) => errors.push(`exception: ${error.error().stack ?? error.error()}`));
    await use(context);
    const broken = errors.filter((text) => networkChanged.test(text));
    const allowed = (text: string) =>
      networkChanged.test(text) ||
      isFallback(text, broken) ||
      allowedErrors.some((pattern) => pattern.test(text));
    const unexpected = errors.filter((text) => !allowed(text));
    expect(unexpected, "errors in the browser's console").toEqual([]);
  },
});

/** The router says so of a page whose request was broken off, and lets the browser load it. Any other reason is an error. */
function isFallback(text: string, broken: readonly string[]): boolean {
  const page = /^Failed to fetch RSC payload for (\S+)\. /.exec(text)?.[1];
  return page !== undefined && broken.some((line) => /^[?&]_rsc=/.test(line.split(`(${page}`)[1] ?? ""));
}

function consoleLine(message: ConsoleMessage): string {
  const { url, lineNumber } = message.location();
  return `${message.text()} (${url}:${lineNumber})`;
}
