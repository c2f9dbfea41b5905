import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { type EngineAddress, parseEngineAddress } from "#lib/server/config/engine-address.ts";
import { ConnectError } from "./connect-error.ts";
import type { NodeApi } from "./node-api.ts";

/** Certificates that prove both sides to each other, as Docker's own client uses them. */
export interface EndpointTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Where one engine is reached, ready to dial. `label` is safe to show: it never carries credentials. */
export type Endpoint =
  | { readonly kind: "unix"; readonly path: string; readonly label: string }
  | {
      readonly kind: "tcp";
      readonly host: string;
      readonly port: number;
      readonly tls: EndpointTls | null;
      readonly label: string;
    }
  | { readonly kind: "tunnel"; readonly open: () => Promise<Duplex>; readonly label: string };

/** An engine behind an agent: every connection to it is a stream of the agent's tunnel. */
export interface TunnelAddress {
  readonly kind: "tunnel";
  /** For people: `agent on swarm-3`. */
  readonly name: string;
  /** Opens one connection to the engine. Rejects with an errno of `tunnelErrnos` while there is no tunnel. */
  open(): Promise<Duplex>;
  /** The agent's own API; null while the agent is away. */
  nodeApi?(): NodeApi | null;
}

/** Where an engine may be: an address somebody wrote, or an agent that has come in. */
export type EngineTarget = EngineAddress | TunnelAddress;

/** How a tcp address is protected when it does not say so itself (DOCKER_TLS_VERIFY, DOCKER_CERT_PATH). */
export interface EndpointOptions {
  readonly tlsVerify?: boolean;
  /** Folder with ca.pem, cert.pem and key.pem. */
  readonly certPath?: string | null;
}

/**
 * Reads an engine address as Docker writes it (DOCKER_HOST), or a plain absolute path.
 * Throws ConnectError (`unsupported` for ssh:// and npipe://, `tls` when certificates cannot be read).
 */
export function parseEndpoint(target: string, options: EndpointOptions = {}): Endpoint {
  const label = withoutCredentials(target);
  if (/^(npipe:|\\\\\.\\pipe|\/\/\.\/pipe)/i.test(target)) {
    throw unsupported(
      label,
      "Windows named pipes are not supported. Run Shoal on a Linux node of the swarm with /var/run/docker.sock mounted, or use tcp://host:2376 with TLS",
    );
  }
  let address: EngineAddress;
  try {
    address = parseEngineAddress(target, options.tlsVerify ?? false);
  } catch (error) {
    throw unsupported(label, error instanceof Error ? error.message : String(error));
  }
  return endpointOf(address, options.certPath ?? null);
}

/** Makes a checked address dialable: reads the certificates of a TLS engine. Throws ConnectError (`tls`). */
export function endpointOf(address: EngineTarget, certPath: string | null): Endpoint {
  if (address.kind === "tunnel") {
    return { kind: "tunnel", open: () => address.open(), label: address.name.slice(0, 300) };
  }
  if (address.kind === "unix") {
    return { kind: "unix", path: address.path, label: withoutCredentials(address.name) };
  }
  const { host, port } = address;
  const label = withoutCredentials(address.name);
  return { kind: "tcp", host, port, tls: address.tls ? readTls(label, certPath) : null, label };
}

function readTls(label: string, certPath: string | null): EndpointTls {
  const read = (file: string): string => {
    if (certPath === null) {
      throw tlsFailure(label, "TLS is on but DOCKER_CERT_PATH is not set: set it to the folder with ca.pem");
    }
    try {
      return readFileSync(join(certPath, file), "utf8");
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "error";
      throw tlsFailure(label, `${join(certPath, file)} cannot be read (${code})`);
    }
  };
  return { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}

function withoutCredentials(target: string): string {
  return target.replace(/\/\/[^/@]*@/, "//").slice(0, 300);
}

function unsupported(target: string, detail: string): ConnectError {
  return new ConnectError({ target, result: "unsupported", detail, gid: null });
}

function tlsFailure(target: string, detail: string): ConnectError {
  return new ConnectError({ target, result: "tls", detail, gid: null });
}
