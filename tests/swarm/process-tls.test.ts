import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CertificateFiles, fingerprintOf, makeAuthority } from "../lab/certificates.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInAnswer } from "../lab/sign-in.ts";
import { openSocket } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";

const base = mkdtempSync(join(tmpdir(), "shoal-tls-"));
const pair = (name: string): CertificateFiles => ({
  certFile: join(base, `${name}.pem`),
  keyFile: join(base, `${name}.key`),
});
const live = pair("live");
const known = getCACertificates("default");
let shoal: Shoal;

beforeAll(async () => {
  const authority = await makeAuthority(base);
  for (const name of ["live", "second", "third"]) await authority.issue(pair(name));
  setDefaultCACertificates([...known, readFileSync(authority.caFile, "utf8")]);
  shoal = await startShoal({
    engines: ["unix:///nowhere/docker.sock"],
    env: { SHOAL_TLS_CERT: live.certFile, SHOAL_TLS_KEY: live.keyFile },
  });
});
afterAll(async () => {
  await shoal?.stop();
  setDefaultCACertificates(known);
  rmSync(base, { recursive: true });
});

/** The certificate a new connection is shown. */
async function served(): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(shoal.url).port) });
  try {
    await once(socket, "secureConnect");
    return socket.getPeerCertificate().fingerprint256;
  } finally {
    socket.destroy();
  }
}

const untilServed = (name: string) =>
  waitFor(`the ${name} certificate`, async () => (await served()) === fingerprintOf(pair(name).certFile));

test("people sign in over https, and every cookie is for https only", async () => {
  expect(new URL(shoal.url).protocol).toBe("https:");
  const answer = await signInAnswer(shoal.url, shoal.user, shoal.password);
  const set = answer.headers.getSetCookie();
  const session = set.find((cookie) => cookie.startsWith("__Secure-shoal.session="));
  expect(session).toBeDefined();
  const csrf = (await fetch(`${shoal.url}/api/auth/csrf`)).headers.getSetCookie();
  for (const cookie of [...set, ...csrf]) {
    expect(cookie).toMatch(/^__(Secure|Host)-shoal\./);
    expect(cookie).toMatch(/; Secure(;|$)/);
    expect(cookie).toMatch(/; HttpOnly(;|$)/);
    expect(cookie).toMatch(/; SameSite=Lax(;|$)/);
  }
  const cookie = session?.split(";")[0] ?? "";
  const me = await fetch(`${shoal.url}/api/v1/me`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ name: "admin", role: "admin" });
  const socket = await openSocket(shoal.url, { cookie, origin: shoal.url });
  socket.close();
});

test("plain http on the https port is no answer from Shoal", async () => {
  await expect(fetch(shoal.url.replace("https:", "http:"))).rejects.toThrow("fetch failed");
});

test("files that change are served to new connections, a half-changed pair is not", async () => {
  expect(await served()).toBe(fingerprintOf(live.certFile));
  const use = (name: string, part: keyof CertificateFiles) => copyFileSync(pair(name)[part], live[part]);
  use("second", "keyFile");
  use("second", "certFile");
  await untilServed("second");

  const refusals = () => shoal.log().split("TLS certificate not reloaded").length;
  const before = refusals();
  use("third", "certFile");
  await waitFor("the half-changed pair to be noticed", () => refusals() > before);
  expect(await served()).toBe(fingerprintOf(pair("second").certFile));
  use("third", "keyFile");
  await untilServed("third");
});
