import { expect, test } from "vitest";
import { startProcess } from "./process.ts";
import { runLine } from "./shell.ts";

const state = () => ({
  folder: "/",
  env: new Map([["A", "b"]]),
  hostname: "host",
  user: "root",
  processes: () => [[1, "/bin/app"]] as const,
  now: () => 0,
});

test.each([
  ["echo one two", "one two\n", 0],
  ['echo $A; echo "$A"c; echo $((1+2*3))', "b\nbc\n7\n", 0],
  ["echo 'a  $A' \"x  $A\"", "a  $A x  b\n", 0],
  ["false || echo no", "no\n", 0],
  ["false && echo no", "", 1],
  ["cat /etc/passwd | grep root | wc", "1\n", 0],
  ["cd /etc; pwd; cd nowhere", "/etc\n", 2],
  ["exit 300", "", 44],
  ["sh -c 'exit 4'; echo after", "after\n", 0],
])("%s", (line, out, code) => {
  expect(runLine(state(), line)).toMatchObject({ out, code });
});

test("a shell on a terminal shows what is typed, takes it back, and leaves with its code", () => {
  let shown = "";
  let ended: number | null = null;
  const ends = {
    out: (text: string) => (shown += text),
    err: () => {},
    over: (code: number) => (ended = code),
  };
  const process = startProcess(state(), ["sh"], true, true, ends);
  process.input("echo hiX\x7f\r");
  expect(shown).toBe("/ # echo hiX\b \b\r\nhi\r\n/ # ");
  process.input("\x03exit 3\r");
  expect(ended).toBe(3);
});
