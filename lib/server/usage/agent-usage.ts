import type { NodeApi } from "#lib/server/docker/node-api.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { usageSample } from "#lib/shared/usage/counters.ts";
import type { UsageSource } from "./usage-source.ts";

/** Asks the node's agent. An answer of another shape is not believed in parts. */
export function agentUsage(api: Pick<NodeApi, "get">): UsageSource {
  return {
    async sample(_ids, signal) {
      const answer = usageSample.safeParse(await api.get("/usage", { signal, timeoutMs: 5_000 }));
      if (!answer.success) throw new AppError("engine_error", t("actions.engine.badUsage"));
      return answer.data;
    },
  };
}
