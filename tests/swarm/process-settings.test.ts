import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hash } from "bcryptjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { variables } from "#lib/server/config/variables.ts";
import { runShoal } from "../lab/payload.ts";
import { startShoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";

const base = mkdtempSync(join(tmpdir(), "shoal-settings-"));
const at = (name: string) => join(base, name);

beforeAll(() => {
  writeFileSync(at("text"), "nine char\n");
  writeFileSync(at("password"), "of the secret file\n");
  mkdirSync(at("folder"));
});
afterAll(() => rmSync(base, { recursive: true }));

const serve = (env: Record<string, string>) =>
  runShoal(["serve"], { SHOAL_HOST: "127.0.0.1", SHOAL_PORT: "0", SHOAL_DATA_DIR: at("data"), ...env });

/** Per variable: a wrong value, what else is set, and what of the reason is said. */
const wrong: [variable: string, value: string, reason: string, others?: Record<string, string>][] = [
  ["SHOAL_PORT", "90000", ""],
  ["SHOAL_PORT", "80a", ""],
  ["SHOAL_HOST", "http://x", ""],
  ["SHOAL_HOST", "203.0.113.9", "this machine has no such address"],
  ["SHOAL_DATA_DIR", at("text"), "it is not a folder"],
  ["SHOAL_ADMIN_PASSWORD", "hunter2hunter2", "it is not a bcrypt hash"],
  ["SHOAL_ADMIN_PASSWORD", `ann:$2y$31$${"a".repeat(53)}`, "its cost is 31"],
  ["SHOAL_ADMIN_PASSWORD_FILE", at("nowhere"), "there is no such file"],
  ["SHOAL_ADMIN_PASSWORD_FILE", at("folder"), "it is a folder"],
  ["SHOAL_ADMIN_PASSWORD_FILE", at("text"), "too short or too long"],
  ["SHOAL_ENGINES", "unix:///run/a.sock,ssh://swarm-2", "ssh:// is not supported"],
  ["SHOAL_AGENTS_ONLY", "maybe", ""],
  ["SHOAL_JOIN_KEY_FILE", at("text"), "too short"],
  ["SHOAL_OPERATOR_HOST_ACCESS", "some", ""],
  ["SHOAL_DEMO", "yes", ""],
  ["SHOAL_DEMO_NODES", "2", ""],
  ["SHOAL_DEMO_TASKS", "many", ""],
  ["SHOAL_PUBLIC_URL", "https://shoal.example/base", "it is more than an origin"],
  ["SHOAL_TRUSTED_PROXIES", "10.0.0.0/33", "number of bits"],
  ["SHOAL_TLS_CERT", at("nowhere"), "there is no such file", { SHOAL_TLS_KEY: at("text") }],
  ["SHOAL_TLS_CERT", at("text"), "cannot be used as PEM", { SHOAL_TLS_KEY: at("text") }],
  ["SHOAL_TLS_KEY", at("text"), "SHOAL_TLS_CERT is set", { SHOAL_TLS_KEY: "", SHOAL_TLS_CERT: at("text") }],
  ["SHOAL_LOG_LEVEL", "loud", ""],
  ["DOCKER_HOST", "ssh://root@swarm-1", "ssh:// is not supported"],
  ["DOCKER_HOST", "docker.sock", "use unix:///path/to/docker.sock"],
  [
    "DOCKER_CERT_PATH",
    at("folder"),
    "ca.pem in it: there is no such file",
    { DOCKER_HOST: "tcp://127.0.0.1", DOCKER_TLS_VERIFY: "1" },
  ],
];

describe("a setting that cannot be used stops the start with one sentence and exit code 2", () => {
  test.concurrent.each(wrong)("%s=%s: %s", async (variable, value, reason, others = {}) => {
    const { code, stderr } = await serve({ [variable]: value, ...others });
    expect(code).toBe(2);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    const facts = Object.values(variables).find(({ env }) => env === variable);
    const shown = others[variable] ?? value;
    // A name before an @ may be a password.
    const written = JSON.stringify(shown.replace(/\/\/[^/@]*@/, "//(hidden)@"));
    expect(stderr).toContain(`shoal: ${variable} is ${facts && "secret" in facts ? "(hidden)" : written}`);
    expect(stderr).toContain(reason);
    expect(stderr).toContain(`Allowed: ${facts?.allowed}.`);
    if (facts && "secret" in facts) expect(stderr).not.toContain(value);
  });

  test("every variable has a wrong value here, except those for which the start takes every value", () => {
    // A docker command that is not there keeps nobody from anything but deploying stacks, which says so.
    const all = ["DOCKER_TLS_VERIFY", "SHOAL_DOCKER_CLI"];
    const shown = new Set([...wrong.map(([variable]) => variable), ...all]);
    expect(
      Object.values(variables)
        .map(({ env }) => env)
        .filter((env) => !shown.has(env)),
    ).toEqual([]);
  });

  test("a port that another program uses", async () => {
    const shoal = await startShoal({ engines: ["unix:///nowhere/docker.sock"] });
    try {
      const port = new URL(shoal.url).port;
      const { code, stderr } = await serve({ SHOAL_PORT: port });
      expect(code).toBe(2);
      expect(stderr).toContain(`shoal: SHOAL_PORT is "${port}": another program uses this port.`);
    } finally {
      await shoal.stop();
    }
  });
});

const htpasswd = async (name: string, password: string) =>
  `${name}:${(await hash(password, 5)).replace("$2b$", "$2y$")}`;

test("the configured admin: a hash with a name, another hash that ends the sessions, then a file", async () => {
  const start = (env: Record<string, string>) =>
    startShoal({ engines: ["unix:///nowhere/docker.sock"], dataDir: at("accounts"), env });
  const isSignedIn = async (url: string, cookie: string) =>
    (await fetch(`${url}/api/v1/me`, { headers: { cookie } })).status === 200;
  const byHash = async (password: string) => ({
    SHOAL_ADMIN_PASSWORD: await htpasswd("ann", password),
    SHOAL_ADMIN_PASSWORD_FILE: "",
  });

  const settings = await byHash("the first password");
  const first = await start(settings);
  const cookie = await signInOver(first.url, "ann", "the first password");
  expect(await isSignedIn(first.url, cookie)).toBe(true);
  await first.stop();

  const same = await start(settings);
  expect(await isSignedIn(same.url, cookie)).toBe(true);
  await same.stop();

  const changed = await start(await byHash("the second password"));
  expect(await isSignedIn(changed.url, cookie)).toBe(false);
  await expect(signInOver(changed.url, "ann", "the first password")).rejects.toThrow("wrong_credentials");
  const next = await signInOver(changed.url, "ann", "the second password");
  expect(await isSignedIn(changed.url, next)).toBe(true);
  await changed.stop();

  const file = await start({ SHOAL_ADMIN_PASSWORD_FILE: at("password") });
  expect(await isSignedIn(file.url, await signInOver(file.url, "admin", "of the secret file"))).toBe(true);
  expect(await isSignedIn(file.url, next)).toBe(true);
  await file.stop();
  for (const { log } of [first, changed, file]) {
    expect(log()).not.toMatch(/first password|second password|of the secret file|\$2[aby]\$/);
  }
});
