import type { ImageView } from "#lib/shared/model/types.ts";
import { textOf } from "./hostile.ts";

/** Splits `registry:5000/acme/api:1.2@sha256:…` into its parts; a colon before the last slash is a port. */
export function parseImage(image: unknown): ImageView {
  const text = textOf(image);
  const at = text.indexOf("@");
  const digest = at < 0 ? null : text.slice(at + 1) || null;
  const rest = at < 0 ? text : text.slice(0, at);
  const colon = rest.indexOf(":", rest.lastIndexOf("/") + 1);
  if (colon < 0) return { name: rest, tag: null, digest };
  return { name: rest.slice(0, colon), tag: rest.slice(colon + 1) || null, digest };
}
