import "#lib/shared/i18n/pages/containers.ts";
import type { ContainerNode } from "#lib/shared/containers/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** By node id: why nothing can be done there now; null where the node answers. */
export function unheardReasons(nodes: readonly ContainerNode[]): (nodeId: string) => string | null {
  const reasons = new Map(
    nodes
      .filter(({ ok }) => !ok)
      .map(({ id, name, error }) => [
        id,
        error === null
          ? t("containers.silent.reading", { name })
          : t("containers.silent.reason", { name, why: error }),
      ]),
  );
  return (nodeId) => reasons.get(nodeId) ?? null;
}
