import { expect, test } from "vitest";
import { createTickets } from "./tickets.ts";

test("a ticket is good once, in time, and only as it was given", () => {
  let now = 0;
  const tickets = createTickets<string>(1000, () => now);
  const [first, second, third] = [tickets.issue("a"), tickets.issue("b"), tickets.issue("c")];
  expect(new Set([first, second, third]).size).toBe(3);
  expect(tickets.redeem(`${first}x`)).toBeNull();
  expect(tickets.redeem(first)).toBe("a");
  expect(tickets.redeem(first)).toBeNull();
  expect(tickets.count()).toBe(2);
  expect(tickets.count((value) => value === "b")).toBe(1);
  now = 999;
  expect(tickets.redeem(second)).toBe("b");
  now = 1000;
  expect(tickets.redeem(third)).toBeNull();
  expect(tickets.count()).toBe(0);
});
