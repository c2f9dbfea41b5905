"use client";

import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel, NodeView } from "#lib/shared/model/types.ts";
import { roleChangeWarnings } from "#lib/shared/quorum.ts";
import { drainOutlook } from "./drain-outlook.ts";
import type { NodeActions } from "./node-actions.ts";

type Availability = NodeView["availability"];

/** "7 tasks move to other nodes; 2 of them have no room and will wait." */
export function drainSentence(model: ClusterModel, node: NodeView): string {
  const { moves, waits, ends } = drainOutlook(model, node);
  const first =
    moves + waits === 0
      ? t("nodes.ask.drainNothing", { name: node.name })
      : t("nodes.ask.drainMoves", { n: moves + waits });
  const second = waits === 0 ? "" : t("nodes.ask.drainWaits", { n: waits });
  const third = ends === 0 ? "" : t("nodes.ask.drainEnds", { n: ends });
  return [first, second, third].filter((sentence) => sentence !== "").join(" ");
}

/** What happens when a node that is still in the swarm, or down, is removed. */
function removeSentence(model: ClusterModel, node: NodeView): string {
  if (node.state === "down") return t("nodes.ask.removeDown", { name: node.name });
  return `${t("nodes.ask.removeForce", { name: node.name })} ${drainSentence(model, node)}`;
}

/** Node actions for the person who is signed in, on the cluster of the page. */
export function useNodeActions(): NodeActions {
  const { model, may, blocked } = useCluster();
  const ask = useAsk();
  const send = useSend();

  const patch = (
    node: NodeView,
    body: Record<string, unknown>,
    verb: "drain" | "pause" | "activate" | "promote" | "demote",
  ) =>
    send({
      method: "PATCH",
      path: `/nodes/${encodeURIComponent(node.id)}`,
      body,
      object: node.name,
      title: t(`nodes.action.${verb}Name`, { name: node.name }),
      verb: t(`nodes.action.${verb}`),
    });

  const setAvailability = (node: NodeView, availability: Availability) =>
    patch(node, { availability }, availability === "active" ? "activate" : availability);

  const drain = async (node: NodeView) => {
    const yes = await ask({
      title: t("nodes.action.drainName", { name: node.name }),
      sentence: drainSentence(model, node),
      verb: t("nodes.action.drain"),
    });
    return yes && setAvailability(node, "drain");
  };

  const changeRole = async (node: NodeView, role: NodeView["role"]) => {
    const verb = role === "manager" ? "promote" : "demote";
    const warnings = roleChangeWarnings(model, node, role).map((warning) => say(t, warning));
    const yes = await ask({
      title: t(`nodes.action.${verb}Name`, { name: node.name }),
      sentence: [t(`nodes.ask.${verb}`, { name: node.name }), ...warnings].join(" "),
      verb: t(`nodes.action.${verb}`),
      danger: verb === "demote" && warnings.length > 0,
    });
    return yes && patch(node, { role }, verb);
  };

  const remove = async (node: NodeView) => {
    const yes = await ask({
      title: t("nodes.action.removeName", { name: node.name }),
      sentence: removeSentence(model, node),
      verb: t("nodes.action.remove"),
      danger: true,
    });
    if (!yes) return false;
    return send({
      method: "DELETE",
      path: `/nodes/${encodeURIComponent(node.id)}`,
      query: node.state === "down" ? {} : { force: "true" },
      object: node.name,
      title: t("nodes.action.removeName", { name: node.name }),
      verb: t("nodes.action.remove"),
    });
  };

  const leave = async (node: NodeView) => {
    const title = t("nodes.action.leaveName", { name: node.name });
    const sentence = `${t("nodes.ask.leave", { name: node.name })} ${drainSentence(model, node)}`;
    const yes = await ask({ title, sentence, verb: t("nodes.action.leave"), danger: true });
    if (!yes) return false;
    return send({
      method: "POST",
      path: "/swarm/leave",
      body: { force: node.role === "manager" },
      typed: true,
      object: node.name,
      title,
      verb: t("nodes.action.leave"),
    });
  };

  return {
    may: {
      availability: may("node.availability"),
      role: may("node.role"),
      labels: may("node.labels"),
      remove: may("node.remove"),
      leave: may("swarm.leave"),
      tokens: may("swarm.tokens"),
    },
    blocked,
    drain,
    pause: (node) => setAvailability(node, "pause"),
    activate: (node) => setAvailability(node, "active"),
    promote: (node) => changeRole(node, "manager"),
    demote: (node) => changeRole(node, "worker"),
    remove,
    leave,
  };
}
