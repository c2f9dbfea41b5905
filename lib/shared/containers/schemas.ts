import { z } from "zod";

/** Input schemas of the API of containers. */

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/, "letters, digits, and _ . - after the first");
const ref = z.string().max(255).optional();
/** The exact name of the object: consent to what the answer `confirmation_needed` told. */
const confirm = z.string().max(255).optional();

export const containerListQuery = z.strictObject({
  node: ref,
  state: z.string().max(64).optional(),
  service: ref,
  stack: ref,
  /** Also those that do not run; without it and without `state` only those that do. */
  all: z.enum(["0", "1"]).optional(),
});
/** Names are unique on a node only. */
export const containerQuery = z.strictObject({ node: ref });
export const containerBody = z.strictObject({ confirm });
/** Seconds until a container that does not end by itself is killed. */
const timeout = z.number().int().min(0).max(600).optional();
export const containerStopBody = z.strictObject({ timeout, confirm });
export const containerKillBody = z.strictObject({
  signal: z
    .string()
    .regex(/^(SIG)?[A-Z][A-Z0-9+]{1,9}$|^\d{1,2}$/, "a signal: SIGTERM, HUP, 9")
    .optional(),
  confirm,
});
export const containerRenameBody = z.strictObject({ name, confirm });
export const containerRemoveQuery = z.strictObject({
  node: ref,
  /** Kills it first, should it run. */
  force: z.enum(["true", "false"]).optional(),
  /** Also its anonymous volumes. */
  volumes: z.enum(["true", "false"]).optional(),
  confirm,
});

export const bindPathQuery = z.strictObject({
  path: z
    .string()
    .max(4_096)
    .regex(/^\/[^\0]*$/, "a path from the root: /srv/data"),
});

const text = z.string().max(4_096);
const words = z.array(text).max(200);
const port = z.number().int().min(1).max(65_535);
const path = text.regex(/^(\/|[A-Za-z]:[\\/])/, "an absolute path");
const restartPolicies = ["no", "always", "unless-stopped", "on-failure"] as const;

export const containerCreateBody = z.strictObject({
  node: z.string().min(1).max(255),
  image: z.string().trim().min(1).max(512),
  name: name.optional(),
  command: words.optional(),
  entrypoint: words.optional(),
  /** `NAME=value`. */
  env: z
    .array(
      z
        .string()
        .max(100_000)
        .regex(/^[^=\s]+(=|$)/, "NAME=value"),
    )
    .max(500)
    .optional(),
  ports: z
    .array(
      z.strictObject({
        target: port,
        /** Left out: the engine takes a free one. */
        published: port.optional(),
        protocol: z.enum(["tcp", "udp", "sctp"]).optional(),
        /** Address of the node; left out: all. */
        address: z
          .string()
          .max(64)
          .regex(/^[0-9a-fA-F.:]+$/, "an IP address")
          .optional(),
      }),
    )
    .max(200)
    .optional(),
  mounts: z
    .array(
      z.strictObject({
        type: z.enum(["volume", "bind", "tmpfs"]),
        /** A volume's name, or a path on the node; of a volume left out: a new one without a name. */
        source: text.optional(),
        target: path,
        readOnly: z.boolean().optional(),
      }),
    )
    .max(100)
    .optional(),
  /** The first is the one it starts with; left out: the engine's default. */
  networks: z.array(z.string().min(1).max(255)).max(20).optional(),
  restart: z
    .strictObject({ policy: z.enum(restartPolicies), retries: z.number().int().min(0).max(1_000).optional() })
    .optional(),
  user: z.string().max(255).optional(),
  workdir: path.optional(),
  hostname: z.string().max(255).optional(),
  labels: z
    .record(z.string().min(1).max(256), text)
    .refine((value) => Object.keys(value).length <= 200, "at most 200 labels")
    .optional(),
  memoryBytes: z
    .number()
    .int()
    .min(6 * 1024 * 1024)
    .max(Number.MAX_SAFE_INTEGER)
    .optional(),
  nanoCpus: z.number().int().min(10_000_000).max(1e15).optional(),
  tty: z.boolean().optional(),
  stdin: z.boolean().optional(),
  autoRemove: z.boolean().optional(),
  /** False: it is only made. */
  start: z.boolean().optional(),
});
export type ContainerCreate = z.output<typeof containerCreateBody>;
