import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { soon } from "#lib/shared/testing/soon.ts";
import { createHttpServer, watchTls } from "./create-server.ts";

let folder = "";
const file = (name: string) => join(folder, name);

function makeCertificate(name: string): void {
  const subject = [
    "-subj",
    `/CN=${name}`,
    "-days",
    "2",
    "-nodes",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
  ];
  const output = ["-keyout", file(`${name}.key`), "-out", file(`${name}.crt`)];
  execFileSync("openssl", ["req", "-x509", ...subject, ...output], { stdio: "ignore" });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shoal-tls-"));
  for (const name of ["one", "two"]) makeCertificate(name);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function servedName(server: Server): Promise<string> {
  const socket = connect({
    port: (server.address() as AddressInfo).port,
    host: "127.0.0.1",
    rejectUnauthorized: false,
  });
  await once(socket, "secureConnect");
  const name = socket.getPeerCertificate().subject.CN;
  socket.destroy();
  return String(name);
}

test("a certificate that changes is served without a restart, a half-changed pair is not", async () => {
  const tls = { certFile: file("live.crt"), keyFile: file("live.key") };
  const use = (name: string, part: "crt" | "key") =>
    copyFileSync(file(`${name}.${part}`), file(`live.${part}`));
  use("one", "crt");
  use("one", "key");
  const warned: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void warned.push(line) });
  const server = createServer({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) });
  const stop = watchTls(tls, server, log, 20);
  try {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    expect(await servedName(server)).toBe("one");
    // Each try copies again: the first copy may come before the watch has seen the file at all.
    await soon(() => {
      use("two", "crt");
      expect(warned.length).toBeGreaterThan(0);
    });
    expect(await servedName(server)).toBe("one");
    use("two", "key");
    await soon(async () => expect(await servedName(server)).toBe("two"));
  } finally {
    stop();
    server.close();
  }
});

test("a pair that does not fit is refused at the start", () => {
  const log = pino({ level: "silent" });
  expect(() => createHttpServer({ certFile: file("one.crt"), keyFile: file("two.key") }, log)).toThrow(/key/);
  writeFileSync(file("text.crt"), "no certificate");
  expect(() => createHttpServer({ certFile: file("text.crt"), keyFile: file("one.key") }, log)).toThrow();
});
