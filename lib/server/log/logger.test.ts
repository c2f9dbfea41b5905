import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { createLogger } from "./logger.ts";

function logged(write: (log: ReturnType<typeof createLogger>) => void): {
  text: string;
  line: Record<string, unknown>;
} {
  const lines: string[] = [];
  write(createLogger("debug", { write: (line: string) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  const text = lines[0] ?? "";
  return { text, line: JSON.parse(text) as Record<string, unknown> };
}

test("a line carries level, time and message", () => {
  const { line } = logged((log) => log.info({ port: 9000 }, "listening"));
  expect(line).toMatchObject({ level: "info", msg: "listening", port: 9000 });
  expect(Date.parse(String(line.time))).toBeGreaterThan(0);
});

test.each([
  ["a field named password", { password: "hunter2-hunter2" }],
  ["a nested header", { req: { headers: { authorization: "hunter2-hunter2", cookie: "hunter2-hunter2" } } }],
  ["a join token in an array", { tokens: ["hunter2-hunter2"], list: [{ joinToken: "hunter2-hunter2" }] }],
])("%s is hidden", (_name, fields) => {
  const { text } = logged((log) => log.warn(fields, "x"));
  expect(text).not.toContain("hunter2");
  expect(text).toContain("[hidden]");
});

test.each([
  ["an API token", "shoal_0123456789ab_AbCdEfGhIjKlMnOpQrStUvWxYz123456"],
  [
    "a swarm join token",
    "SWMTKN-1-3pu6hszjas19xyp7ghgosyx9k8atbfcr8p2is99znpy26u2lkl-1awxwuwd3z9j1z3puu7rcgdbx",
  ],
  ["an unlock key", "SWMKEY-1-fySn8TY4w5lKcWcJPIpKufejh9hxx5KYwx6XZigx3Q4"],
  ["a bcrypt hash", "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"],
])("%s is hidden in messages, fields and errors", (_name, secret) => {
  const { text } = logged((log) =>
    log.error(
      { err: new Error(`got ${secret}`, { cause: new Error(secret) }), note: secret },
      `bad ${secret}`,
    ),
  );
  expect(text).not.toContain(secret);
});

test("names and counts that only look like secrets stay", () => {
  const { line } = logged((log) =>
    log.info({ service: "shoal_webserver-1", tokens: 3 }, "shoal_data removed"),
  );
  expect(line).toMatchObject({ service: "shoal_webserver-1", tokens: 3, msg: "shoal_data removed" });
});

test("an error keeps its type, message, code and stack", () => {
  const error = Object.assign(new TypeError("no socket"), { code: "ENOENT" });
  const { line } = logged((log) => log.error({ err: error }, "engine"));
  expect(line.err).toMatchObject({ type: "TypeError", message: "no socket", code: "ENOENT" });
  expect(String((line.err as { stack: string }).stack)).toContain("logger.test");
});

test("a process whose log nobody reads any more writes on and ends when it should", async () => {
  const program = `
    import { createLogger } from ${JSON.stringify(new URL("./logger.ts", import.meta.url).href)};
    const log = createLogger("info");
    log.info("ready");
    process.stdin.once("data", () => {
      log.info("once more");
      log.info("the last line");
      process.exit(7);
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.stdout.destroy();
  child.stdin.write("go");
  try {
    expect(await once(child, "exit")).toEqual([7, null]);
  } finally {
    child.kill("SIGKILL");
  }
});
