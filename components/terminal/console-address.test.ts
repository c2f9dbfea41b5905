import { expect, test } from "vitest";
import { consolePath, readConsoleAddress, writeConsoleAddress } from "./console-address.ts";

test("a console has an address, and the address its console", () => {
  const address = {
    container: "abc",
    node: "node2",
    kind: "exec",
    command: ["sh", "-c", "echo 'a b'"],
    user: "www:www",
  } as const;
  expect(readConsoleAddress(writeConsoleAddress(address))).toEqual(address);
  expect(readConsoleAddress(new URLSearchParams("container=a&kind=attach&command='"))).toEqual({
    container: "a",
    node: null,
    kind: "attach",
    command: null,
    user: "",
  });
  expect(readConsoleAddress(new URLSearchParams("node=a"))).toBeNull();
  expect(consolePath("a/b", "n 1")).toBe("/console?container=a%2Fb&node=n+1");
});
