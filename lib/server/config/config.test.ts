import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { includesAddress } from "./address-list.ts";
import { loadConfig, loadDataDir } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { settingsHelp, settingsTable } from "./describe-variables.ts";
import { variables } from "./variables.ts";

const hash = "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shoal-config-"));
  writeFileSync(join(folder, "password"), "correct horse battery\n");
  writeFileSync(join(folder, "short"), "nine char\n");
  writeFileSync(join(folder, "lines"), "correct horse\nbattery staple\n");
  writeFileSync(join(folder, "long"), "x".repeat(73));
  mkdirSync(join(folder, "certs"));
  for (const file of ["ca.pem", "cert.pem", "key.pem"]) writeFileSync(join(folder, "certs", file), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

const load = (env: Record<string, string>, flags: Record<string, string> = {}) =>
  loadConfig(flags, env, folder);

test("without anything set, the defaults hold", () => {
  expect(load({})).toMatchObject({
    port: 9000,
    host: "0.0.0.0",
    dataDir: join(folder, "data"),
    adminPassword: null,
    engine: { kind: "unix", path: "/var/run/docker.sock" },
    engines: [],
    engineCertPath: null,
    demo: { mode: "auto", nodes: 5, tasks: 40 },
    publicUrl: null,
    tls: null,
    logLevel: "info",
  });
});

test("a flag wins over its variable, and an empty variable counts as absent", () => {
  expect(load({ SHOAL_PORT: "9001" }, { port: "9002" }).port).toBe(9002);
  expect(load({ SHOAL_PORT: "", SHOAL_PUBLIC_URL: "" })).toMatchObject({ port: 9000, publicUrl: null });
  expect(loadDataDir({ "data-dir": "elsewhere" }, { SHOAL_PORT: "nonsense" }, folder)).toBe(
    join(folder, "elsewhere"),
  );
});

describe("values that are accepted", () => {
  test.each([
    [{ SHOAL_PORT: "0" }, { port: 0 }],
    [{ SHOAL_ADMIN_PASSWORD: hash }, { adminPassword: { kind: "hash", name: null, hash } }],
    [{ SHOAL_ADMIN_PASSWORD: `admin:${hash}\n` }, { adminPassword: { kind: "hash", name: "admin", hash } }],
    [
      { SHOAL_ADMIN_PASSWORD_FILE: "password" },
      { adminPassword: { kind: "plain", text: "correct horse battery" } },
    ],
    [
      { DOCKER_HOST: "tcp://10.0.0.1" },
      { engine: { kind: "tcp", host: "10.0.0.1", port: 2375, tls: false } },
    ],
    [{ DOCKER_HOST: "tcp://[::1]:80" }, { engine: { kind: "tcp", host: "::1", port: 80, tls: false } }],
    [
      { DOCKER_HOST: "tcp://swarm-1", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "certs" },
      { engine: { kind: "tcp", host: "swarm-1", port: 2376, tls: true } },
    ],
    [
      { SHOAL_ENGINES: "unix:///run/a.sock, /run/b.sock,tcp://c:2375," },
      { engines: [{ path: "/run/a.sock" }, { path: "/run/b.sock" }, { host: "c", port: 2375 }] },
    ],
  ])("%j", (env: Record<string, string>, expected) => {
    expect(load(env)).toMatchObject(expected);
  });

  test("certificates come from DOCKER_CERT_PATH only when TLS is used", () => {
    expect(load({ DOCKER_CERT_PATH: "certs" }).engineCertPath).toBeNull();
    const withTls = { DOCKER_HOST: "tcp://a:2376", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "certs" };
    expect(load(withTls).engineCertPath).toBe(join(folder, "certs"));
  });

  test("trusted proxies match addresses, ranges and mapped addresses", () => {
    const { trustedProxies } = load({ SHOAL_TRUSTED_PROXIES: "10.0.0.0/8, 192.168.1.4, fd00::/8" });
    const inside = ["10.1.2.3", "::ffff:10.1.2.3", "192.168.1.4", "fd00::1"];
    expect(inside.filter((address) => !includesAddress(trustedProxies, address))).toEqual([]);
    const outside = ["11.0.0.1", "192.168.1.5", "fe80::1", "not an address", ""];
    expect(outside.filter((address) => includesAddress(trustedProxies, address))).toEqual([]);
  });
});

describe("values that are refused name the variable, the value and what is allowed", () => {
  test.each([
    [{ SHOAL_PORT: "90000" }, "SHOAL_PORT", "90000"],
    [{ SHOAL_PORT: "eighty" }, "SHOAL_PORT", "eighty"],
    [{ SHOAL_HOST: "http://x" }, "SHOAL_HOST", "http://x"],
    [{ SHOAL_DEMO: "yes" }, "SHOAL_DEMO", "yes"],
    [{ SHOAL_DEMO_NODES: "2" }, "SHOAL_DEMO_NODES", "2"],
    [{ SHOAL_DEMO_TASKS: "many" }, "SHOAL_DEMO_TASKS", "many"],
    [{ SHOAL_LOG_LEVEL: "loud" }, "SHOAL_LOG_LEVEL", "loud"],
    [{ SHOAL_PUBLIC_URL: "shoal.example" }, "SHOAL_PUBLIC_URL", "shoal.example"],
    [{ SHOAL_PUBLIC_URL: "https://shoal.example/base" }, "SHOAL_PUBLIC_URL", "base"],
    [{ SHOAL_TRUSTED_PROXIES: "10.0.0.0/33" }, "SHOAL_TRUSTED_PROXIES", "10.0.0.0/33"],
    [{ SHOAL_TRUSTED_PROXIES: "proxy" }, "SHOAL_TRUSTED_PROXIES", "proxy"],
    [{ SHOAL_ENGINES: "docker.sock" }, "SHOAL_ENGINES", "docker.sock"],
    [{ DOCKER_HOST: "ssh://root@swarm-1" }, "DOCKER_HOST", "ssh:// is not supported"],
    [{ DOCKER_HOST: "unix://docker.sock" }, "DOCKER_HOST", "unix://docker.sock"],
    [{ SHOAL_TLS_CERT: "password" }, "SHOAL_TLS_KEY", "SHOAL_TLS_CERT is set"],
    [{ SHOAL_TLS_CERT: "nowhere.pem", SHOAL_TLS_KEY: "password" }, "SHOAL_TLS_CERT", "there is no such file"],
    [{ SHOAL_TLS_CERT: "password", SHOAL_TLS_KEY: "password" }, "SHOAL_TLS_CERT", "cannot be used as PEM"],
    [{ SHOAL_TLS_CERT: "certs", SHOAL_TLS_KEY: "password" }, "SHOAL_TLS_CERT", "it is a folder"],
    [{ SHOAL_DATA_DIR: "password" }, "SHOAL_DATA_DIR", "it is not a folder"],
    [
      { DOCKER_HOST: "tcp://a", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "nowhere" },
      "DOCKER_CERT_PATH",
      "ca.pem in it: there is no such file",
    ],
    [{ SHOAL_ADMIN_PASSWORD_FILE: "certs" }, "SHOAL_ADMIN_PASSWORD_FILE", "it is a folder"],
    [{ SHOAL_ADMIN_PASSWORD_FILE: "nowhere" }, "SHOAL_ADMIN_PASSWORD_FILE", "there is no such file"],
    [{ SHOAL_ADMIN_PASSWORD_FILE: "short" }, "SHOAL_ADMIN_PASSWORD_FILE", "too short or too long"],
    [{ SHOAL_ADMIN_PASSWORD_FILE: "long" }, "SHOAL_ADMIN_PASSWORD_FILE", "too short or too long"],
    [{ SHOAL_ADMIN_PASSWORD_FILE: "lines" }, "SHOAL_ADMIN_PASSWORD_FILE", "one line"],
    [
      { SHOAL_ADMIN_PASSWORD: hash, SHOAL_ADMIN_PASSWORD_FILE: "password" },
      "SHOAL_ADMIN_PASSWORD_FILE",
      "only one",
    ],
  ])("%j", (env: Record<string, string>, variable, part) => {
    const message = failure(env);
    expect(message).toContain(`${variable} is `);
    expect(message).toContain(part);
    expect(message).toContain("Allowed: ");
  });

  test.each([
    "hunter2hunter2",
    "admin:$2y$10$tooshort",
    "admin:$2y$03$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
    "$2b$16$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
    "$2x$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
  ])("a password hash that is none is not repeated: %s", (value) => {
    const message = failure({ SHOAL_ADMIN_PASSWORD: value });
    expect(message).toContain("SHOAL_ADMIN_PASSWORD is (hidden)");
    expect(message).not.toContain(value);
  });

  test("a password inside an address is not repeated", () => {
    expect(failure({ DOCKER_HOST: "tcp://root:hunter2@swarm-1:2375" })).not.toContain("hunter2");
  });
});

test("help and README table name every variable", () => {
  for (const { env } of Object.values(variables)) {
    expect(settingsHelp()).toContain(env);
    expect(settingsTable()).toContain(`| \`${env}\` |`);
  }
  expect(
    settingsHelp()
      .split("\n")
      .filter((line) => line.length > 100),
  ).toEqual([]);
});

function failure(env: Record<string, string>): string {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the configuration was accepted");
}
