import { parseImage } from "#lib/server/docker/image-name.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ActionContext } from "../actions/context.ts";
import { digestOf } from "../images/digest-of.ts";

/** An image as a service is to have it. */
export interface PinnedImage {
  readonly image: string;
  /** What it is made for, as swarm's scheduler wants it; null: not known. */
  readonly platforms: readonly { readonly Architecture: string; readonly OS: string }[] | null;
  /** Why it has no digest. */
  readonly warning: string | null;
}

/** A registry that does not answer must not hold a person up, ms. */
const patienceMs = 10_000;

/**
 * The image with the digest that its tag stands for now, asked of its registry by a manager, as the docker command does.
 * Where the registry does not tell, the tag stays and the warning says so.
 */
export async function pinImage(ctx: ActionContext, reference: string): Promise<PinnedImage> {
  const { name, tag, digest } = parseImage(reference);
  if (digest !== null) return { image: reference, platforms: null, warning: null };
  const image = tag === null ? `${name}:latest` : reference;
  try {
    const found = await digestOf(ctx, image, patienceMs);
    if (found === null) return unpinned(image, "");
    const platforms = found.platforms.length === 0 ? null : found.platforms;
    return { image: `${image}@${found.digest}`, platforms, warning: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return unpinned(image, error.engineText ?? error.message);
  }
}

function unpinned(image: string, why: string): PinnedImage {
  return { image, platforms: null, warning: t("edit.warn.notPinned", { image, why }).trim() };
}
