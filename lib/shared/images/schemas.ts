import { z } from "zod";

/** Input schemas of the API of images. */

const reference = z
  .string()
  .trim()
  .max(512)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*(:\d+)?(\/[a-z0-9][a-z0-9._-]*)*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    "an image: registry:5000/team/app:1.2",
  );
const node = z.string().min(1).max(255);
const nodes = z.array(node).min(1).max(1_000);
const imageId = z.string().regex(/^sha256:[0-9a-f]{64}$/, "the id of an image: sha256:…");

export const imagePullBody = z.strictObject({
  image: reference,
  nodes,
  /** Sign in with the login that is kept for the image's registry. */
  login: z.enum(["stored"]).optional(),
  /** For this pull only; not kept. */
  auth: z
    .strictObject({ username: z.string().min(1).max(255), password: z.string().min(1).max(4_096) })
    .optional(),
});
export const imageTagBody = z.strictObject({ tag: reference, nodes: nodes.optional() });
export const imageRemoveQuery = z.strictObject({
  /** Only on this node; left out: on every one that has it. */
  node: node.optional(),
  /** Only this tag; left out: the whole image. */
  tag: reference.optional(),
  /** Also where stopped containers use it, or several repositories name it. */
  force: z.enum(["true", "false"]).optional(),
});
export const imagePrunePreviewBody = z.strictObject({
  /** `dangling`: without a tag. `unused`: all that nothing uses. */
  what: z.enum(["dangling", "unused"]),
  nodes: nodes.optional(),
});
/** Exactly what a preview listed. */
export const imagePruneBody = z.strictObject({
  nodes: z
    .array(z.strictObject({ id: node, images: z.array(imageId).max(10_000) }))
    .min(1)
    .max(1_000),
});
/** Exactly what was shown: a digest that moved on is a 409. */
export const newerUpdateBody = z.strictObject({
  services: z
    .array(
      z.strictObject({
        service: z.string().min(1).max(255),
        digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, "a digest: sha256:…"),
      }),
    )
    .min(1)
    .max(200),
  confirm: z.string().max(255).optional(),
});
