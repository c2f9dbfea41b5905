import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { expectAccessible, test } from "./signed-in.ts";

const scale = (lab: Lab, to: number) => lab.docker("node1", "service", "scale", "--detach", `river=${to}`);
const stories = (page: Page) => page.locator('[data-slot="event-group"]');

test.beforeAll(async ({ lab, shoal }) => {
  // Only what is made while Shoal watches is told.
  await expect
    .poll(async () => {
      const { body } = await shoal.api("GET", "/api/v1/clusters/local/events/history?kind=cluster");
      return (body as { items?: unknown[] }).items?.length ?? 0;
    })
    .toBeGreaterThan(0);
  const options = ["--detach", "--quiet", "--name", "river", "lab/web:1"];
  await lab.docker("node1", "service", "create", ...options);
  // Its first task belongs to its making, not to what is scaled later.
  await expect
    .poll(async () => {
      const { body } = await shoal.api("GET", "/api/v1/clusters/local/tasks?service=river&state=running");
      return (body as { items?: unknown[] }).items?.length ?? 0;
    })
    .toBe(1);
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "river").catch(() => undefined);
});

test("what happens appears by itself, as one story with who began it, and opens to its events", async ({
  page,
  shoal,
  lab,
}) => {
  await page.goto("/c/local/events");
  await expect(stories(page).filter({ hasText: "Created river" })).toBeVisible();
  const answer = await page.evaluate(async () => {
    const response = await fetch("/api/v1/clusters/local/services/river/scale", {
      method: "POST", headers: { "content-type": "application/json" }, body: '{"replicas":3}',
    }); // biome-ignore format: short
    return response.status;
  });
  expect(answer).toBe(200);
  const story = stories(page).filter({ hasText: "Scaled river from 1 to 3: 2 tasks started" });
  await expect(story).toBeVisible();
  await expect(story).toContainText(`by ${shoal.user}`);
  await story.getByRole("button", { name: /^\d events: Scaled river/ }).click();
  await expect(story.getByText(/river\.\d started on node\d/)).toHaveCount(2);
  await expectAccessible(page);
  await story.getByRole("link", { name: "river", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "river" })).toBeVisible();
  await expect(stories(page).filter({ hasText: "Scaled river from 1 to 3" })).toBeVisible();
  await page.getByRole("link", { name: "All events" }).click();
  await expect(page).toHaveURL(/\/events\?service=river$/);

  await scale(lab, 2);
  const theirs = stories(page).filter({ hasText: "Scaled river from 3 to 2" });
  await expect(theirs).toBeVisible();
  await expect(theirs).not.toContainText("by ");
});

test("the list is held still under the pointer, and filters stand in the address", async ({ page, lab }) => {
  await page.goto("/c/local/events?service=river&kind=service");
  await expect(stories(page).first()).toBeVisible();
  await stories(page).first().hover();
  await scale(lab, 4);
  const chip = page.getByRole("button", { name: "1 new, show" });
  await expect(chip).toBeVisible();
  await expect(stories(page).filter({ hasText: "to 4" })).toHaveCount(0);
  await chip.click();
  await expect(stories(page).filter({ hasText: "to 4" })).toBeVisible();

  await page.getByPlaceholder("Filter by name, cause, person").fill("no such thing");
  await expect(page.getByText("Nothing matches the filter.")).toBeVisible();
  await expect(page).toHaveURL(/text=no\+such\+thing/);
  await page.getByRole("button", { name: "Clear the filter" }).last().click();
  await expect(stories(page).first()).toBeVisible();
  await expect(page).toHaveURL(/\/events$/);
});

test("the time without Shoal is told", async ({ page, shoal }) => {
  await shoal.restart();
  await page.goto("/c/local/events");
  await expect(page.locator('[data-slot="event-gap"]').first()).toContainText(
    "What happened then is not known.",
  );
  await expectAccessible(page);
});
