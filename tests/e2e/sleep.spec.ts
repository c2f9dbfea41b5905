import { expect, test } from "@playwright/test";
import { signedInContext } from "../../bench/page-visit.ts";
import { openPoorLine } from "../viewers/poor-line.ts";
import { startRestlessSwarm } from "../viewers/restless-swarm.ts";

const HOUR = 3_600_000;

test("a laptop that slept for an hour shows how old its picture is, and then the swarm as it is", async ({
  browser,
}) => {
  const swarm = await startRestlessSwarm({ services: 10, tasks: 30 });
  const line = await openPoorLine(swarm.shoal.url);
  const context = await signedInContext(browser, { ...swarm.shoal, url: line.url });
  try {
    await context.clock.install();
    const page = await context.newPage();
    const sockets: string[] = [];
    page.on("websocket", (socket) => sockets.push(socket.url()));
    await page.goto(`${line.url}/c/local/map`);
    const light = page.locator('[data-slot="live-indicator"]').first();
    await expect(light).toHaveText(/Live/);
    const tasks = () =>
      page
        .locator("[data-task]")
        .evaluateAll((all) => all.map((one) => one.getAttribute("data-task")).sort());
    await expect.poll(async () => (await tasks()).length).toBeGreaterThanOrEqual(30);
    // The page came with its tasks; its socket follows.
    await expect.poll(() => sockets.length).toBe(1);

    // The lid closes: no script runs, and what the server sends goes nowhere.
    const devtools = await context.newCDPSession(page);
    const asleepAt = await page.evaluate(() => Date.now());
    line.open(false);
    await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
    swarm.endTasks(20);
    const truth = await swarm.settled();

    // The lid opens an hour later, and the network is not there yet.
    await devtools.send("Page.setWebLifecycleState", { state: "active" });
    await context.clock.fastForward(HOUR);
    await expect(page.getByText(/No connection\. This is the last picture/)).toBeVisible();
    const seen = await light.textContent();
    const words = await page.evaluate(
      (at) => new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" }).format(at),
      asleepAt,
    );
    // To the minute: the server's last word may be some seconds before.
    expect(seen, "when the picture was last known to be true").toContain(words.slice(0, 5));

    line.cut();
    line.open(true);
    await context.clock.runFor(15_000);
    await expect(light).toHaveText(/Live/);
    await expect(page.getByText(/No connection\. This is the last picture/)).toBeHidden();
    const running = Object.values(truth.tasks)
      .filter(({ state }) => state === "running")
      .map(({ id }) => id)
      .sort();
    await expect
      .poll(async () => (await tasks()).filter((id) => running.includes(id ?? "")))
      .toEqual(running);
    // True ages: an hour has passed for the tasks that did not end meanwhile.
    await context.clock.runFor(5_000);
    const first = page.locator("[data-task]").first();
    await first.hover();
    await expect(page.getByText(/\b([1-9]\d*) h\b/).first()).toBeVisible();
  } finally {
    await context.close();
    line.close();
    await swarm.close();
  }
});
