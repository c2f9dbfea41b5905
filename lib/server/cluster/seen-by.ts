import type { ClusterRegistry } from "#lib/server/runtime-types.ts";
import { type Access, roleIn } from "#lib/shared/access.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** The refusal for a cluster that is not there, word for word also for one that somebody may not see. */
export function noCluster(id: string): AppError {
  return new AppError("not_found", t("states.call.noCluster", { id }));
}

/** Clusters as far as somebody may see them: the others are not there. */
export function seenBy<Clusters extends Pick<ClusterRegistry, "list" | "get">>(
  clusters: Clusters,
  access: Access,
): Pick<ClusterRegistry, "list" | "get"> {
  const isSeen = (id: string) => roleIn(access, id) !== "none";
  return {
    list: () => clusters.list().filter(({ id }) => isSeen(id)),
    get(id) {
      if (!isSeen(id)) throw noCluster(id);
      return clusters.get(id);
    },
  };
}
