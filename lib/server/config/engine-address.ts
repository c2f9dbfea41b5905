import { isAbsolute } from "node:path";

/** Where one Docker Engine is reached. `name` is the text a person wrote, for messages. */
export type EngineAddress =
  | { readonly kind: "unix"; readonly path: string; readonly name: string }
  | {
      readonly kind: "tcp";
      readonly host: string;
      readonly port: number;
      readonly tls: boolean;
      readonly name: string;
    };

/** What `parseEngineAddress` accepts, for error messages. */
export const engineAddressForms = "unix:///path/to/docker.sock, tcp://host:port or an absolute path";

/**
 * Reads an engine address as Docker writes it, or a plain absolute path. `tls` is what a tcp address means
 * when it does not say (`https://` always means TLS). Throws an Error whose message says what is allowed.
 */
export function parseEngineAddress(text: string, tls = false): EngineAddress {
  if (isAbsolute(text)) return { kind: "unix", path: text, name: `unix://${text}` };
  if (text.startsWith("ssh://")) {
    throw new Error(
      "ssh:// is not supported. Forward the socket yourself (ssh -L /tmp/docker.sock:/var/run/docker.sock host) and use unix:///tmp/docker.sock",
    );
  }
  if (text.startsWith("unix://")) return parseUnix(text);
  if (/^(tcp|http|https):\/\//.test(text)) return parseTcp(text, tls);
  throw new Error(`use ${engineAddressForms}`);
}

function parseUnix(text: string): EngineAddress {
  const path = text.slice("unix://".length);
  if (!isAbsolute(path))
    throw new Error("the path after unix:// starts with a slash: unix:///var/run/docker.sock");
  return { kind: "unix", path, name: text };
}

function parseTcp(text: string, tlsByDefault: boolean): EngineAddress {
  const url = URL.parse(text.replace(/^\w+:/, "http:"));
  if (!url?.hostname) throw new Error(`use ${engineAddressForms}`);
  if (url.username || url.password || (url.pathname !== "/" && url.pathname !== "") || url.search) {
    throw new Error("use tcp://host:port with nothing before the host or after the port");
  }
  const tls = tlsByDefault || text.startsWith("https:");
  // An http: URL hides the port 80 it was given; Docker's own default ports are 2375 and 2376 (TLS).
  const written = /:(\d+)\/?$/.exec(text)?.[1];
  const port = written === undefined ? (tls ? 2376 : 2375) : Number(written);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return { kind: "tcp", host, port, tls, name: text };
}
