import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createSecureContext } from "node:tls";
import { ConfigError } from "./config-error.ts";
import { type Variable, variables } from "./variables.ts";

/** The absolute path of a file that can be read. Throws ConfigError. */
export function readableFile(variable: Variable, value: string, cwd: string): string {
  const path = resolve(cwd, value);
  const problem = unreadable(path);
  if (problem !== null) throw new ConfigError(variable, value, problem);
  return path;
}

/** The absolute path of the data folder, which may still have to be made. Throws ConfigError. */
export function dataFolder(value: string, cwd: string): string {
  const path = resolve(cwd, value);
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return path;
  if (!facts.isDirectory()) throw new ConfigError(variables.dataDir, value, "it is not a folder");
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch {
    const user = process.getuid?.();
    const who = user === undefined ? "" : ` (it belongs to uid ${facts.uid}, this is uid ${user})`;
    throw new ConfigError(variables.dataDir, value, `this user may not write to it${who}`);
  }
  return path;
}

/** The folder with the certificates of TLS engines, all three files in it. Throws ConfigError. */
export function certFolder(value: string | null, cwd: string): string {
  const path = resolve(cwd, value ?? join(homedir(), ".docker"));
  for (const file of ["ca.pem", "cert.pem", "key.pem"]) {
    const problem = unreadable(join(path, file));
    if (problem !== null) throw new ConfigError(variables.dockerCertPath, path, `${file} in it: ${problem}`);
  }
  return path;
}

/** The files to serve HTTPS with, which belong together; null when neither is set. Throws ConfigError. */
export function tlsFiles(
  cert: string | null,
  key: string | null,
  cwd: string,
): { certFile: string; keyFile: string } | null {
  const { tlsCert, tlsKey } = variables;
  if (cert === null && key === null) return null;
  if (cert === null) throw new ConfigError(tlsCert, "", "it is missing while SHOAL_TLS_KEY is set");
  if (key === null) throw new ConfigError(tlsKey, "", "it is missing while SHOAL_TLS_CERT is set");
  const certFile = readableFile(tlsCert, cert, cwd);
  const keyFile = readableFile(tlsKey, key, cwd);
  usable(tlsCert, cert, () => ({ cert: readFileSync(certFile) }));
  usable(tlsKey, key, () => ({ key: readFileSync(keyFile) }));
  usable(tlsKey, key, () => ({ cert: readFileSync(certFile), key: readFileSync(keyFile) }));
  return { certFile, keyFile };
}

function usable(variable: Variable, value: string, read: () => { cert?: Buffer; key?: Buffer }): void {
  const pair = read();
  try {
    createSecureContext(pair);
  } catch (error) {
    const both = pair.cert !== undefined && pair.key !== undefined;
    const reason = both ? "it is not the key of the certificate" : "it cannot be used as PEM";
    const said = error instanceof Error ? error.message : String(error);
    throw new ConfigError(variable, value, `${reason} (${said})`);
  }
}

function unreadable(path: string): string | null {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isDirectory() ? "it is a folder" : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? "there is no such file" : "it cannot be read";
  }
}
