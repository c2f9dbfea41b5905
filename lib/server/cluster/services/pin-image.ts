import { textOf } from "#lib/server/docker/hostile.ts";
import { parseImage } from "#lib/server/docker/image-name.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ActionContext } from "../actions/context.ts";

/** An image as a service is to have it. */
export interface PinnedImage {
  readonly image: string;
  /** What it is made for, as swarm's scheduler wants it; null: not known. */
  readonly platforms: readonly { readonly Architecture: string; readonly OS: string }[] | null;
  /** Why it has no digest. */
  readonly warning: string | null;
}

interface WireDistribution {
  readonly Descriptor?: { readonly digest?: string };
  readonly Platforms?: readonly { readonly architecture?: string; readonly os?: string }[] | null;
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
    const path = `/distribution/${image.split("/").map(encodeURIComponent).join("/")}/json`;
    const answer = await ctx.manager().get<WireDistribution>(path, { timeoutMs: patienceMs });
    const found = textOf(answer.Descriptor?.digest);
    if (!/^sha256:[0-9a-f]{64}$/.test(found)) throw new TypeError("no digest");
    return { image: `${image}@${found}`, platforms: platformsOf(answer), warning: null };
  } catch (error) {
    const why = isAppError(error) ? (error.engineText ?? error.message) : "";
    return { image, platforms: null, warning: t("edit.warn.notPinned", { image, why }).trim() };
  }
}

function platformsOf({ Platforms }: WireDistribution): PinnedImage["platforms"] {
  if (!Array.isArray(Platforms)) return null;
  return Platforms.map((platform) => {
    const architecture = textOf(platform?.architecture);
    // Registries do not tell the variants of arm apart, so it fits all.
    return {
      Architecture: architecture.toLowerCase() === "arm" ? "" : architecture,
      OS: textOf(platform?.os),
    };
  });
}
