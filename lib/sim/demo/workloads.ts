import { calm, type Workload } from "../world/workload.ts";

/** A web program: a health check has to pass before it counts as running. */
const web: Workload = {
  pull: [600, 2_500],
  start: [4_000, 8_000],
  stop: [800, 3_000],
  logs: ["GET /api/items 200 12 ms", "GET /healthz 200 1 ms", "POST /api/orders 201 48 ms"],
  everyMs: 2_000,
};

/** By the last part of the image's name; whatever is not here is calm. */
const known: Readonly<Record<string, Workload>> = {
  api: web,
  till: { ...web, logs: ["POST /api/receipts 201 22 ms", "GET /healthz 200 1 ms"] },
  frontend: { ...web, logs: ["GET / 200 4 ms", "GET /assets/app.js 304 1 ms"] },
  traefik: { ...calm, logs: ["entryPoint websecure: 200 in 9 ms"], everyMs: 1_000 },
  postgres: { ...web, logs: ["checkpoint complete: wrote 118 buffers"], everyMs: 30_000 },
  thumbs: { ...web, logs: ["scaled 1920x1280 to 320x214 in 41 ms"] },
  blender: { ...calm, pull: [2_000, 6_000], logs: ["Fra:112 Mem:2714.08M | Sample 32/128"] },
  // The second mailbox is too big for its memory limit: the kernel kills it again and again.
  mailer: {
    ...calm,
    ends: { after: [11_000, 19_000], exitCode: 137, slot: 2 },
    logs: ["connected to imap.example.org", "indexing mailbox: 48 %"],
    everyMs: 4_000,
  },
  restic: {
    ...calm,
    ends: { after: [80_000, 95_000], exitCode: 0 },
    logs: ["processed 48213 files, 9.1 GiB"],
  },
};

/** How containers of an image behave in the demo cluster. */
export function demoWorkload(image: string): Workload {
  const name = /([^/:@]+)(?:[:@]|$)[^/]*$/.exec(image)?.[1] ?? "";
  return { program: `/usr/local/bin/${name || "app"}`, ...(known[name] ?? calm) };
}
