import { z } from "zod";
import { mostCost } from "#lib/server/auth/passwords.ts";
import { parseAddressList, splitList } from "./address-list.ts";
import { engineAddressForms, parseEngineAddress } from "./engine-address.ts";

/** One setting: the environment variable, its flag, and how its text becomes a value. */
export interface Variable<Value = unknown> {
  readonly env: string;
  /** The flag without `--`; Docker's own variables have none. */
  readonly flag: string | null;
  /** Placeholder in the help text: `--port NUMBER`. */
  readonly argument: string;
  /** Shown in the tables when it is not simply the value used for an absent variable. */
  readonly defaultText: string;
  readonly description: string;
  /** What is allowed, as the end of "Allowed: …". */
  readonly allowed: string;
  /** The value is never repeated in messages or logs. */
  readonly secret?: true;
  /** Parses the text; an absent variable is `undefined`. */
  readonly schema: z.ZodType<Value, string | undefined>;
}

/** A text parsed by a function whose thrown message becomes the error's reason. */
function parsed<Value>(parse: (text: string) => Value) {
  return z.string().transform((text, context): Value => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
}

/** `name:$2y$…` as htpasswd prints it, or the hash alone. The format is that of crypt's bcrypt. */
const bcryptHash = /^(?:([^:\s]{1,64}):)?(\$2[aby]\$\d{2}\$[./A-Za-z0-9]{53})$/;

function parseAdminPassword(text: string): { name: string | null; hash: string } {
  const match = bcryptHash.exec(text.trim());
  if (!match?.[2]) throw new Error("it is not a bcrypt hash");
  const cost = Number(match[2].slice(4, 6));
  if (cost < 4 || cost > mostCost) {
    throw new Error(
      `its cost is ${cost}, and 4 to ${mostCost} are possible (htpasswd -nbBC 11 admin PASSWORD)`,
    );
  }
  return { name: match[1] ?? null, hash: match[2] };
}

function parsePublicUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw new Error("it is not an http or https address");
  if (url.pathname !== "/" || url.search || url.hash || url.username) {
    throw new Error("it is more than an origin");
  }
  return url;
}

function wholeNumber(low: number, high: number, fallback: number) {
  return z
    .string()
    .default(String(fallback))
    .pipe(z.string().regex(/^\d{1,5}$/))
    .transform(Number)
    .pipe(z.number().min(low).max(high));
}

const optionalText = z
  .string()
  .optional()
  .transform((text) => text ?? null);

/** Every setting of the server, in the order of the help text and of the README. */
export const variables = {
  port: {
    env: "SHOAL_PORT",
    flag: "port",
    argument: "NUMBER",
    defaultText: "9000",
    description: "Port of the web page and the API. 0 takes a free one.",
    allowed: "a whole number from 0 to 65535",
    schema: wholeNumber(0, 65_535, 9000),
  },
  host: {
    env: "SHOAL_HOST",
    flag: "host",
    argument: "ADDRESS",
    defaultText: "0.0.0.0",
    description: "Address to listen on. 127.0.0.1 serves this machine only.",
    allowed: "an IP address or a host name of this machine",
    schema: z
      .string()
      .default("0.0.0.0")
      .pipe(z.string().regex(/^[A-Za-z0-9.:_-]+$/)),
  },
  dataDir: {
    env: "SHOAL_DATA_DIR",
    flag: "data-dir",
    argument: "FOLDER",
    defaultText: "./data (/data in the image)",
    description: "Folder of the database and the keys.",
    allowed: "a folder Shoal may write to",
    schema: z.string().default("data"),
  },
  adminPassword: {
    env: "SHOAL_ADMIN_PASSWORD",
    flag: "admin-password",
    argument: "HASH",
    defaultText: "none: a setup code is printed",
    description: "bcrypt hash of the first admin's password, as `htpasswd -nbB admin PASSWORD` prints it.",
    allowed:
      "a bcrypt hash that starts with $2a$, $2b$ or $2y$, with or without a name and a colon before it",
    secret: true,
    schema: parsed(parseAdminPassword)
      .optional()
      .transform((value) => value ?? null),
  },
  adminPasswordFile: {
    env: "SHOAL_ADMIN_PASSWORD_FILE",
    flag: "admin-password-file",
    argument: "FILE",
    defaultText: "none",
    description: "File with the first admin's password in plain text, for example a Docker secret.",
    allowed: "a readable file with one line: 10 characters to 72 bytes",
    schema: optionalText,
  },
  engines: {
    env: "SHOAL_ENGINES",
    flag: "engines",
    argument: "LIST",
    defaultText: "none",
    description: "More engines of the same swarm to watch directly, comma-separated.",
    allowed: engineAddressForms,
    schema: z
      .string()
      .default("")
      .pipe(parsed((text) => splitList(text).map((entry) => parseEngineAddress(entry)))),
  },
  agentsOnly: {
    env: "SHOAL_AGENTS_ONLY",
    flag: "agents-only",
    argument: "BOOLEAN",
    defaultText: "off",
    description: "Use no Docker socket on the server: every engine is reached through an agent.",
    allowed: "on or off",
    schema: z
      .string()
      .default("off")
      .pipe(z.enum(["on", "off"]))
      .transform((text) => text === "on"),
  },
  joinKeyFile: {
    env: "SHOAL_JOIN_KEY_FILE",
    flag: "join-key-file",
    argument: "FILE",
    defaultText: "none: Shoal makes one",
    description:
      "File with the join key of the server's own cluster, for example a Docker secret its agents share.",
    allowed: "a readable file with one line of at least 32 characters",
    schema: optionalText,
  },
  dockerCli: {
    env: "SHOAL_DOCKER_CLI",
    flag: "docker-cli",
    argument: "FILE",
    defaultText: "docker, as PATH finds it",
    description:
      "The docker command that deploys stacks, version 20.10 or newer (that one knows no jobs), and compose projects, with its compose plugin. The image has both.",
    allowed: "a program that Shoal may run",
    schema: optionalText,
  },
  operatorHostAccess: {
    env: "SHOAL_OPERATOR_HOST_ACCESS",
    flag: "operator-host-access",
    argument: "MODE",
    defaultText: "off",
    description:
      "Whether operators may give services ways to their hosts too: bind mounts, capabilities, the host's network. On makes every operator root on every node.",
    allowed: "on or off",
    schema: z
      .string()
      .default("off")
      .pipe(z.enum(["on", "off"]))
      .transform((text) => text === "on"),
  },
  demo: {
    env: "SHOAL_DEMO",
    flag: "demo",
    argument: "MODE",
    defaultText: "auto",
    description: "Simulated clusters to try things on. auto offers them only when no engine answers.",
    allowed: "auto, on or off",
    schema: z
      .string()
      .default("auto")
      .pipe(z.enum(["auto", "on", "off"])),
  },
  demoNodes: {
    env: "SHOAL_DEMO_NODES",
    flag: "demo-nodes",
    argument: "NUMBER",
    defaultText: "5",
    description: "Nodes of the simulated cluster.",
    allowed: "a whole number from 3 to 50",
    schema: wholeNumber(3, 50, 5),
  },
  demoTasks: {
    env: "SHOAL_DEMO_TASKS",
    flag: "demo-tasks",
    argument: "NUMBER",
    defaultText: "40",
    description: "About how many tasks the simulated cluster has.",
    allowed: "a whole number from 40 to 2000",
    schema: wholeNumber(40, 2000, 40),
  },
  publicUrl: {
    env: "SHOAL_PUBLIC_URL",
    flag: "public-url",
    argument: "URL",
    defaultText: "what the browser asked for",
    description: "Address people open Shoal with. Needed behind a proxy that changes host or protocol.",
    allowed: "http:// or https:// with a host and optionally a port, and no path",
    schema: parsed(parsePublicUrl)
      .optional()
      .transform((url) => url ?? null),
  },
  trustedProxies: {
    env: "SHOAL_TRUSTED_PROXIES",
    flag: "trusted-proxies",
    argument: "LIST",
    defaultText: "none",
    description: "Proxies whose X-Forwarded-* headers are believed, comma-separated.",
    allowed: "IP addresses and ranges like 10.0.0.0/8, comma-separated",
    schema: z.string().default("").pipe(parsed(parseAddressList)),
  },
  tlsCert: {
    env: "SHOAL_TLS_CERT",
    flag: "tls-cert",
    argument: "FILE",
    defaultText: "none: plain HTTP",
    description: "Certificate chain (PEM) to serve HTTPS with. Read again when the file changes.",
    allowed: "a readable PEM file, together with SHOAL_TLS_KEY",
    schema: optionalText,
  },
  tlsKey: {
    env: "SHOAL_TLS_KEY",
    flag: "tls-key",
    argument: "FILE",
    defaultText: "none",
    description: "Private key (PEM) of the certificate.",
    allowed: "a readable PEM file, together with SHOAL_TLS_CERT",
    schema: optionalText,
  },
  logLevel: {
    env: "SHOAL_LOG_LEVEL",
    flag: "log-level",
    argument: "LEVEL",
    defaultText: "info",
    description: "How much is logged. The log is JSON on standard output.",
    allowed: "debug, info, warn, error or silent",
    schema: z
      .string()
      .default("info")
      .pipe(z.enum(["debug", "info", "warn", "error", "silent"])),
  },
  dockerHost: {
    env: "DOCKER_HOST",
    flag: null,
    argument: "",
    defaultText: "unix:///var/run/docker.sock",
    description: "The engine whose cluster Shoal shows, as the docker command reads it.",
    allowed: engineAddressForms,
    schema: z.string().default("unix:///var/run/docker.sock"),
  },
  dockerTlsVerify: {
    env: "DOCKER_TLS_VERIFY",
    flag: null,
    argument: "",
    defaultText: "off",
    description:
      "Any value (even 0, as for Docker itself) means TLS for a tcp:// engine, with certificates from DOCKER_CERT_PATH.",
    allowed: "1 or nothing",
    schema: z
      .string()
      .optional()
      .transform((text) => text !== undefined),
  },
  dockerCertPath: {
    env: "DOCKER_CERT_PATH",
    flag: null,
    argument: "",
    defaultText: "~/.docker",
    description: "Folder with ca.pem, cert.pem and key.pem for a TLS engine.",
    allowed: "a folder with ca.pem, cert.pem and key.pem",
    schema: optionalText,
  },
} as const satisfies Record<string, Variable>;

/** Name of a setting in the table. */
export type VariableName = keyof typeof variables;
/** The parsed value of every setting. */
export type VariableValues = { [Name in VariableName]: z.output<(typeof variables)[Name]["schema"]> };
