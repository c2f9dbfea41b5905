import { listOf, textOf } from "#lib/server/docker/hostile.ts";
import type { ActionContext } from "../actions/context.ts";

/** What a tag names in its registry. */
export interface TaggedDigest {
  /** `sha256:…` */
  readonly digest: string;
  /** What the image is made for, as swarm's scheduler wants it; empty: not told. */
  readonly platforms: readonly { readonly Architecture: string; readonly OS: string }[];
}

interface WireDistribution {
  readonly Descriptor?: { readonly digest?: unknown } | null;
  readonly Platforms?: readonly { readonly architecture?: string; readonly os?: string }[] | null;
}

/** The engine asks the registry, which may be far away, ms. */
const askMs = 30_000;

/**
 * What a tag names in its registry now: a manager's engine asks there, with the login that is kept for it. `image` has a tag
 * and no digest. Throws AppError with the engine's words; null when it answers something else than a digest.
 */
export async function digestOf(
  { manager, registryAuth }: Pick<ActionContext, "manager" | "registryAuth">,
  image: string,
  timeoutMs = askMs,
): Promise<TaggedDigest | null> {
  const auth = registryAuth(image);
  const path = encodeURIComponent(image).replaceAll("%2F", "/").replaceAll("%3A", ":");
  const answer = await manager().get<WireDistribution>(`/distribution/${path}/json`, {
    timeoutMs,
    headers: auth === null ? {} : { "X-Registry-Auth": auth },
  });
  const digest = textOf(answer.Descriptor?.digest);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) return null;
  const platforms = listOf(answer.Platforms).map((platform) => {
    const architecture = textOf(platform?.architecture);
    // Registries do not tell the variants of arm apart, so it fits all; the docker command does the same.
    return {
      Architecture: architecture.toLowerCase() === "arm" ? "" : architecture,
      OS: textOf(platform?.os),
    };
  });
  return { digest, platforms };
}
