import { expect, test } from "vitest";
import { joinCommand, splitCommand } from "./split-command.ts";

test.each([
  ["", []],
  ["  ls   -la ", ["ls", "-la"]],
  [`sh -c 'echo "a b"  $HOME'`, ["sh", "-c", `echo "a b"  $HOME`]],
  [`echo "a \\"b\\" \\n" ''`, ["echo", `a "b" \\n`, ""]],
  ["a\\ b c\\", ["a b", "c\\"]],
  [`x'y'"z"`, ["xyz"]],
])("%s", (text, words) => {
  expect(splitCommand(text)).toEqual(words);
});

test("an open quote is no command", () => {
  expect(splitCommand("echo 'a")).toBeNull();
  expect(splitCommand('echo "a')).toBeNull();
});

test("what is joined is split into the same", () => {
  const words = ["/bin/sh", "-c", "echo it's; exit 3", "", 'a "b"', "\\"];
  expect(splitCommand(joinCommand(words))).toEqual(words);
});
