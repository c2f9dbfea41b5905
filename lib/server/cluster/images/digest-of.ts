import type { ActionContext } from "../actions/context.ts";

/** The engine asks the registry, which may be far away, ms. */
const askMs = 30_000;
const digest = /^sha256:[0-9a-f]{64}$/;

/**
 * What a tag names in its registry now: a manager's engine asks there, with the login that is kept for it. `image` has a tag
 * and no digest. Throws AppError with the engine's words; null when it answers something else than a digest.
 */
export async function digestOf(
  { manager, registryAuth }: Pick<ActionContext, "manager" | "registryAuth">,
  image: string,
): Promise<string | null> {
  const auth = registryAuth(image);
  const answer = await manager().get<{ readonly Descriptor?: { readonly digest?: unknown } }>(
    `/distribution/${image}/json`,
    { timeoutMs: askMs, headers: auth === null ? {} : { "X-Registry-Auth": auth } },
  );
  const found = answer.Descriptor?.digest;
  return typeof found === "string" && digest.test(found) ? found : null;
}
