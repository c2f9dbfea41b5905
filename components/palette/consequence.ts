import "#lib/shared/i18n/pages/palette.ts";
import { actionSentence } from "#components/containers/action-words.ts";
import { containerRow } from "#components/containers/container-rows.ts";
import { drainSentence } from "#components/nodes/use-node-actions.tsx";
import { liveTasks, removeSentence, restartSentence } from "#components/services/use-service-actions.tsx";
import { formatBytes, formatCpu } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel, ServiceView } from "#lib/shared/model/types.ts";
import type { PaletteAction } from "#lib/shared/palette/palette-types.ts";
import { placementVerdict } from "#lib/shared/placement/placement-verdict.ts";
import { scaleWarningPhrase, scaleWarnings } from "#lib/shared/placement.ts";

/** What will happen on Enter, in sentences; null where nothing changes in the cluster. */
export function consequenceOf(model: ClusterModel, action: PaletteAction): string | null {
  switch (action.kind) {
    case "scale":
      return scaleConsequence(model, action.service, action.replicas);
    case "restart":
      return restartSentence(action.service, liveTasks(model, action.service));
    case "remove":
      return `${removeSentence(model, action.service)} ${t("palette.then.asks")}`;
    case "drain":
      return `${drainSentence(model, action.node)} ${t("palette.then.asks")}`;
    case "activate":
      return t("palette.then.activate", { name: action.node.name });
    case "pause":
      return t("palette.then.pause", { name: action.node.name });
    case "container": {
      const row = containerRow(action.container, model.services, null);
      const sentence = actionSentence(row, action.verb);
      return action.verb === "stop" ? `${sentence} ${t("palette.then.asks")}` : sentence;
    }
    case "complete":
      return t("palette.then.scaleAsk");
    case "go":
      return null;
  }
}

function scaleConsequence(model: ClusterModel, service: ServiceView, replicas: number): string {
  const before = service.replicas ?? 0;
  if (replicas === before) return t("palette.then.same", { n: replicas });
  if (replicas === 0) {
    const { name } = service;
    const stops = t("services.ask.scaleToZero", { name, n: liveTasks(model, service) });
    return `${stops} ${t("palette.then.asks")}`;
  }
  if (replicas < before) return t("palette.then.fewer", { n: before - replicas });
  const more = t("palette.then.more", { n: replicas - before });
  const warnings = scaleWarnings(model, service, replicas);
  const rest =
    warnings.length > 0
      ? `${warnings.map((warning) => say(t, scaleWarningPhrase(warning))).join(" ")} ${t("palette.then.asks")}`
      : room(model, service);
  return rest === null ? more : `${more} ${rest}`;
}

/** "Each needs 0.5 CPU and 256 MB; there is room on 3 nodes." Null where nothing is reserved. */
function room(model: ClusterModel, service: ServiceView): string | null {
  const { reservedNanoCpus, reservedMemoryBytes } = service;
  if (reservedNanoCpus === 0 && reservedMemoryBytes === 0) return null;
  const cpu = formatCpu(reservedNanoCpus);
  const memory = formatBytes(reservedMemoryBytes);
  const each =
    reservedNanoCpus === 0
      ? t("actions.warn.memory", { memory })
      : reservedMemoryBytes === 0
        ? t("actions.warn.cpu", { cpu })
        : t("actions.warn.cpuAndMemory", { cpu, memory });
  const n = placementVerdict(model, service).nodes.filter(({ obstacles }) => obstacles.length === 0).length;
  return t("palette.then.room", { each, n });
}
