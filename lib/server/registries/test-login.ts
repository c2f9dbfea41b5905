import type { ClusterRegistry } from "#lib/server/runtime-types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { RegistryItem, RegistryTest } from "#lib/shared/registries/types.ts";
import type { RegistryLogin } from "./auth-header.ts";

/** The engine asks the registry, which may be far away, ms. */
const askMs = 30_000;

/**
 * Lets an engine sign in, because it is engines that pull, from their place in the network. What is answered are words for
 * people. Throws node_not_linked where no engine answers.
 */
export async function testLogin(
  clusters: Pick<ClusterRegistry, "list" | "get" | "home">,
  registry: RegistryItem,
  login: RegistryLogin,
  cluster: string | undefined,
): Promise<RegistryTest> {
  const seen = clusters.list().map(({ id }) => id);
  const own = registry.clusters?.find((id) => seen.includes(id));
  const id = cluster ?? own ?? clusters.home() ?? "";
  const nodes = clusters.get(id).engines.all();
  const node = nodes.find(({ engine }) => engine !== null);
  if (!node?.engine) {
    throw new AppError("node_not_linked", t("registries.error.noEngine", { cluster: id }));
  }
  const words = { address: registry.address, user: registry.user, node: node.name };
  try {
    await node.engine.send("POST", "/auth", { body: login, timeoutMs: askMs, signal: node.signal });
    return { ok: true, words: t("registries.test.ok", words), engineText: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const text = error.engineText ?? error.message;
    return { ok: false, words: t(`registries.test.${reasonOf(text)}`, words), engineText: text };
  }
}

/** What engines pass on of what the registry, or the network, said. */
function reasonOf(text: string): "refused" | "unreachable" | "tls" | "other" {
  if (/unauthorized|denied|incorrect username|status: 40[13]/i.test(text)) return "refused";
  if (/x509|certificate|HTTP response to HTTPS/i.test(text)) return "tls";
  if (/no such host|refused|timeout|timed out|unreachable|no route|reset|EOF/i.test(text))
    return "unreachable";
  return "other";
}
