import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { request as requestTls } from "node:https";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAuthority } from "../lab/certificates.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInAnswer, signInOver } from "../lab/sign-in.ts";
import { openSocket, SocketRefused, watchCluster } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";

const NGINX = "/usr/sbin/nginx";
const documented = readFileSync(new URL("../../docs/proxy.md", import.meta.url), "utf8");

function isInstalled(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A free port below those that the system hands out by itself, so that nobody gets it by chance meanwhile. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    try {
      const listening = once(server, "listening");
      server.listen(randomInt(20_000, 30_000), "127.0.0.1");
      await listening;
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    } finally {
      server.close();
    }
  }
}

/** The server block of docs/proxy.md with our ports and files in place of those of the example. */
function documentedServer(replace: Readonly<Record<string, string>>): string {
  const block = /```nginx\n([\s\S]*?)```/.exec(documented)?.[1] ?? "";
  return Object.entries(replace).reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, block);
}

// nginx is a Debian package that the suites do not install: without it this is skipped, and counted as skipped.
describe.skipIf(!isInstalled(NGINX))("behind nginx as docs/proxy.md configures it", () => {
  const base = mkdtempSync(join(tmpdir(), "shoal-proxy-"));
  const known = getCACertificates("default");
  let nginx: ChildProcess | undefined;
  let shoal: Shoal;
  let direct = "";

  beforeAll(async () => {
    const [outer, inner] = [await freePort(), await freePort()];
    const authority = await makeAuthority(base);
    const files = { certFile: join(base, "shoal.pem"), keyFile: join(base, "shoal.key") };
    await authority.issue(files);
    setDefaultCACertificates([...known, readFileSync(authority.caFile, "utf8")]);
    const server = documentedServer({
      "listen 443": `listen 127.0.0.1:${outer}`,
      "shoal.example.com": "localhost",
      "/etc/ssl/shoal.pem": files.certFile,
      "/etc/ssl/shoal.key": files.keyFile,
      "127.0.0.1:9000": `127.0.0.1:${inner}`,
    });
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((name) => `${name}_temp_path ${base};`)
      .join(" ");
    const config = join(base, "nginx.conf");
    writeFileSync(
      config,
      `pid ${base}/nginx.pid; daemon off; error_log stderr; events {}\nhttp { access_log off; ${temporary}\n${server}}\n`,
    );
    direct = `http://127.0.0.1:${inner}`;
    shoal = await startShoal({
      engines: ["unix:///nowhere/docker.sock"],
      env: {
        SHOAL_PUBLIC_URL: `https://localhost:${outer}`,
        SHOAL_TRUSTED_PROXIES: "127.0.0.1",
        SHOAL_PORT: String(inner),
      },
    });
    nginx = spawn(NGINX, ["-p", base, "-e", "stderr", "-c", config], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    await waitFor("nginx to pass a request on", async () => (await fetch(`${shoal.url}/api/health`)).ok);
  });
  afterAll(async () => {
    if (nginx?.exitCode === null) {
      nginx.kill("SIGTERM");
      await once(nginx, "exit");
    }
    await shoal?.stop();
    setDefaultCACertificates(known);
    rmSync(base, { recursive: true });
  });

  /** A call from another address of this machine; answers the status. */
  async function callFrom(
    localAddress: string,
    url: string,
    method: string,
    headers: Record<string, string>,
  ) {
    const call = url.startsWith("https:") ? requestTls : request;
    const sent = call(url, { method, headers, localAddress, agent: false, family: 4 });
    sent.end();
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    return answer.statusCode;
  }

  const forged = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "evil.example",
  };
  /** Denied to a viewer, and therefore in the audit table with the address it came from. */
  const restart = "/api/v1/clusters/local/services/web/restart";

  test("people sign in over https with cookies for https only, and see who they are", async () => {
    const answer = await signInAnswer(shoal.url, shoal.user, shoal.password);
    const set = answer.headers.getSetCookie();
    expect(set.find((cookie) => cookie.startsWith("__Secure-shoal.session="))).toMatch(/; Secure(;|$)/);
    expect(answer.headers.get("strict-transport-security")).toMatch(/max-age=\d/);
    const cookie = set.map((each) => each.split(";")[0]).join("; ");
    const page = await fetch(`${shoal.url}/account`, { headers: { cookie }, redirect: "manual" });
    expect(page.status).toBe(200);
    const away = await fetch(`${shoal.url}/account`, { redirect: "manual" });
    expect(new URL(away.headers.get("location") ?? "", shoal.url).origin).toBe(shoal.url);
  });

  test("the live socket passes, and pages of other sites are refused one", async () => {
    const cookie = await signInOver(shoal.url, shoal.user, shoal.password);
    const viewer = await watchCluster(shoal.url, { cookie, origin: shoal.url });
    await waitFor("a picture", () => viewer.model());
    expect(viewer.closed()).toBeNull();
    viewer.close();
    const refused = openSocket(shoal.url, { cookie, origin: "https://evil.example" });
    await expect(refused).rejects.toThrow(SocketRefused);
  });

  test("events arrive at once, not when a buffer is full", async () => {
    const stream = await fetch(`${shoal.url}/api/v1/clusters/local/events`, {
      headers: { authorization: `Bearer ${await shoal.token("viewer")}` },
      signal: AbortSignal.timeout(10_000),
    });
    const reader = stream.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toContain("event: ready");
    await reader?.cancel();
  });

  test("a person's address is the one nginx saw, whatever they claim", async () => {
    const headers = { ...forged, authorization: `Bearer ${await shoal.token("viewer", "forger")}` };
    expect(await callFrom("127.0.0.3", shoal.url + restart, "POST", headers)).toBe(403);
    expect(auditRows(shoal.dataDir)[0]).toMatchObject({ result: "denied", address: "127.0.0.3" });
  });

  test("a peer that is not trusted is known by its own address, and its forged headers change nothing", async () => {
    const headers = { ...forged, authorization: `Bearer ${await shoal.token("viewer", "stranger")}` };
    expect(await callFrom("127.0.0.2", direct + restart, "POST", headers)).toBe(403);
    expect(auditRows(shoal.dataDir)[0]).toMatchObject({ result: "denied", address: "127.0.0.2" });
    const foreign = { ...forged, origin: "https://evil.example" };
    expect(await callFrom("127.0.0.2", `${direct}/api/auth/signout`, "POST", foreign)).toBe(403);
  });
});
