import type { Browser, BrowserContext, Page, Request } from "@playwright/test";
import { signInOver } from "../tests/lab/sign-in.ts";

/** What a first visit of a page cost. Bytes are bodies as they were sent (compressed), unless said otherwise. */
export interface Visit {
  readonly requests: number;
  /** Scripts that the document itself names: the browser needs these to bring it to life. */
  readonly scriptBytes: number;
  /** Scripts fetched after that, when the browser was idle: dialogs, the drawer, other pages. */
  readonly laterBytes: number;
  readonly styleBytes: number;
  /** The document, which holds the first picture of the cluster. */
  readonly documentBytes: number;
  readonly documentBytesPlain: number;
  /** Of these, what is data and not drawn already, not compressed: the picture of the cluster and what the page knows beside it. */
  readonly dataBytes: number;
  /** From the navigation until `isShown` held and the browser had painted, ms. */
  readonly shownMs: number;
  readonly domNodes: number;
}

/** Who is let in, and where: see `Shoal` of tests/lab. */
interface Door {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** A fresh, signed-in browser profile with an empty cache. The caller closes it. */
export async function signedInContext(
  browser: Browser,
  { url, user, password }: Door,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const pairs = (await signInOver(url, user, password)).split("; ");
  await context.addCookies(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
    }),
  );
  return context;
}

/** Opens a page for the first time, waits until `shown` (a selector) is visible and everything has been fetched. */
export async function visit(page: Page, url: string, shown: string): Promise<Visit> {
  const requests: Request[] = [];
  page.on("requestfinished", (request) => requests.push(request));
  const start = performance.now();
  const answer = await page.goto(url, { waitUntil: "commit" });
  if (!answer?.ok()) throw new Error(`${url} answers ${answer?.status()}`);
  await page.locator(shown).first().waitFor({ state: "visible" });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  const shownMs = performance.now() - start;
  await page.waitForLoadState("networkidle");

  const written = await documentScripts(answer.text());
  const sum = { scriptBytes: 0, laterBytes: 0, styleBytes: 0, documentBytes: 0 };
  for (const request of requests) {
    const { responseBodySize } = await request.sizes();
    const kind = request.resourceType();
    if (kind === "document") sum.documentBytes += responseBodySize;
    else if (kind === "stylesheet") sum.styleBytes += responseBodySize;
    else if (kind === "script") {
      const isNeeded = written.has(new URL(request.url()).pathname);
      sum[isNeeded ? "scriptBytes" : "laterBytes"] += responseBodySize;
    }
  }
  return {
    requests: requests.length,
    ...sum,
    documentBytesPlain: (await answer.body()).length,
    dataBytes: inlineScripts(await answer.text()),
    shownMs,
    domNodes: await page.evaluate(() => document.getElementsByTagName("*").length),
  };
}

/** Next sends the data of a page as scripts within the document. */
function inlineScripts(document: string): number {
  const found = [...document.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  return found.reduce((sum, [, text = ""]) => sum + Buffer.byteLength(text), 0);
}

/** Paths of every script that the document itself names: in script elements, and in the data of its components. */
async function documentScripts(document: Promise<string>): Promise<Set<string>> {
  const paths = (await document).match(/\/_next\/static\/[\w./~-]+\.js/g) ?? [];
  return new Set(paths);
}
