import "#lib/shared/i18n/pages/containers.ts";
import type { ContainerAction } from "#lib/shared/containers/api-types.ts";
import { swarmOutcome } from "#lib/shared/containers/outcome.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ContainerRow } from "./container-rows.ts";

/** What swarm does then; nothing for containers that no service made. */
export function swarmSentences({ container, service }: ContainerRow, action: ContainerAction | "remove") {
  return swarmOutcome(container, service, action).map((each) => say(t, each));
}

/** What will happen, in sentences. */
export function actionSentence(row: ContainerRow, action: ContainerAction | "remove"): string {
  const { name, container } = row;
  const first = t(`containers.ask.${action}`, { name, node: container.nodeName });
  return [first, ...swarmSentences(row, action)].join(" ");
}
