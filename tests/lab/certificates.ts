import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.ts";

/** A certificate and its key, as files. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority of our own, for two days. */
export interface Authority {
  /** What clients are told to believe. */
  readonly caFile: string;
  /** Makes a certificate for 127.0.0.1 and localhost, good for servers and clients; replaces files that are there. */
  issue(files: CertificateFiles): Promise<void>;
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];

/** Makes an authority with openssl. Its files stay in `dir`, which the caller removes. */
export async function makeAuthority(dir: string): Promise<Authority> {
  const caFile = join(dir, "ca.pem");
  const caKey = join(dir, "ca.key");
  const openssl = (...args: string[]) => command("openssl", ["req", "-x509", ...newKey, ...args]);
  await openssl("-subj", "/CN=authority of a test", "-keyout", caKey, "-out", caFile);
  return {
    caFile,
    async issue({ certFile, keyFile }) {
      const names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
      const by = ["-CA", caFile, "-CAkey", caKey];
      await openssl("-subj", "/CN=localhost", ...names, ...by, "-keyout", keyFile, "-out", certFile);
    },
  };
}

/** SHA-256 of a certificate file, as TLS sockets say it. */
export function fingerprintOf(certFile: string): string {
  return new X509Certificate(readFileSync(certFile)).fingerprint256;
}
