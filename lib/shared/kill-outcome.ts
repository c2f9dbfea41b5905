import { durationPhrase } from "./format.ts";
import { type Phrase, phrase } from "./i18n/phrase.ts";
import type { ServiceView } from "./model/types.ts";

/** What swarm does after a task of the service is killed, by its restart condition. */
export function killOutcome(
  service: Pick<ServiceView, "name" | "mode" | "restartCondition" | "restartDelayMs" | "restartMaxAttempts">,
): Phrase {
  const delay = durationPhrase(service.restartDelayMs);
  if (service.restartCondition === "none") return phrase("actions.kill.notReplaced", { name: service.name });
  if (service.mode.endsWith("job")) return phrase("actions.kill.job", { name: service.name });
  if (service.restartCondition === "on-failure") {
    return phrase("actions.kill.unlessZero", { name: service.name, delay });
  }
  if (service.restartMaxAttempts > 0) {
    return phrase("actions.kill.replacedAtMost", { delay, n: service.restartMaxAttempts });
  }
  return phrase("actions.kill.replaced", { delay });
}
