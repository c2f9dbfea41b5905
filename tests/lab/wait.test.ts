import { expect, test } from "vitest";
import { waitFor } from "./wait.ts";

test("answers the first truthy thing it sees", async () => {
  let looks = 0;
  const seen = await waitFor("three looks", () => (++looks === 3 ? "there" : false), { intervalMs: 1 });
  expect(seen).toBe("there");
  expect(looks).toBe(3);
});

test("a look that throws is looked at again", async () => {
  let looks = 0;
  const look = () => {
    looks += 1;
    if (looks < 2) throw new Error("not up");
    return looks;
  };
  expect(await waitFor("a look that works", look, { intervalMs: 1 })).toBe(2);
});

test.each([
  ["the last answer", () => null, "Waited 20 ms for: rain. Last seen: null"],
  [
    "the last error",
    () => {
      throw new Error("2 of 3 tasks run");
    },
    "Waited 20 ms for: rain. Last seen: 2 of 3 tasks run",
  ],
  [
    "a look that never ends",
    () => new Promise<boolean>(() => {}),
    "Waited 20 ms for: rain. Last seen: a look that had not answered yet",
  ],
])("its error says what was last seen: %s", async (_, look: () => unknown, message) => {
  await expect(waitFor("rain", look, { timeoutMs: 20, intervalMs: 5 })).rejects.toThrow(message);
});
