import { expect, test } from "@playwright/test";
import { withCrowd } from "../../bench/crowd.ts";
import { signedInContext, visit } from "../../bench/page-visit.ts";
import { tapWire } from "../../bench/wire-tap.ts";

// What can be counted is held here; what takes time is measured by `npm run bench`. That more viewers cost an engine
// no more calls is held by tests/swarm/faults.test.ts. Sizes are bytes as sent.
const KB = 1_024;

test("the map of 20 nodes and 1,000 tasks: code, first data, requests and elements", async ({ browser }) => {
  await withCrowd({ nodes: 20, tasks: 1_000 }, async (shoal) => {
    const tap = await tapWire(shoal.url);
    const context = await signedInContext(browser, { ...shoal, url: tap.url });
    const page = await context.newPage();
    const seen = await visit(page, `${tap.url}/c/local/map`, '[data-slot="sea"] section');
    expect(seen.scriptBytes, "scripts until it is shown").toBeGreaterThan(100 * KB);
    expect(seen.scriptBytes, "scripts until it is shown").toBeLessThanOrEqual(260 * KB);
    // Dialogs, the palette, and the code of the pages that the navigation leads to: how much of it has come by the time
    // that the network is quiet varies (up to 272 KB seen).
    expect(seen.laterBytes, "scripts fetched later").toBeLessThanOrEqual(320 * KB);
    expect(seen.styleBytes, "style sheets").toBeLessThanOrEqual(20 * KB);
    expect(seen.documentBytes, "the document with the first picture").toBeLessThanOrEqual(150 * KB);
    expect(seen.requests).toBeLessThanOrEqual(130);
    expect(seen.domNodes).toBeLessThanOrEqual(4_000);
    expect(tap.sockets().down, "the live socket's first bytes").toBeLessThanOrEqual(100 * KB);
    await context.close();
    tap.close();
  });
});

test("the map of 50 nodes and 2,000 tasks is drawn with few elements", async ({ browser }) => {
  await withCrowd({ nodes: 50, tasks: 2_000 }, async (shoal) => {
    const context = await signedInContext(browser, shoal);
    const seen = await visit(
      await context.newPage(),
      `${shoal.url}/c/local/map`,
      '[data-slot="sea"] section',
    );
    expect(seen.domNodes).toBeLessThanOrEqual(6_000);
    await context.close();
  });
});
