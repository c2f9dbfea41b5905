"use client";

import "#lib/shared/i18n/pages/agents.ts";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { AgentItem } from "#lib/shared/api/agent-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

export type AgentVerb = "accept" | "revoke" | "forget";

export interface AgentActions {
  readonly may: boolean;
  /** What can be done to this agent, the fitting one first. */
  verbs(item: AgentItem): readonly AgentVerb[];
  /** Says what will happen, asks, and does it. */
  run(verb: AgentVerb, item: AgentItem): Promise<void>;
}

const verbsOf = {
  connected: ["revoke", "forget"],
  offline: ["revoke", "forget"],
  waiting: ["accept", "forget"],
  revoked: ["accept", "forget"],
  missing: [],
} as const satisfies Record<AgentItem["status"], readonly AgentVerb[]>;

/** Agent actions for the person who is signed in. `all`: every agent of the cluster, to say what is replaced. */
export function useAgentActions(all: readonly AgentItem[], onDone: () => void): AgentActions {
  const { may } = useCluster();
  const ask = useAsk();
  const send = useSend();
  const isAllowed = may("agent.manage");

  const sentenceOf = (verb: AgentVerb, { nodeName: name }: AgentItem, replaced: readonly AgentItem[]) => {
    if (verb === "revoke") return t("agents.ask.revokeSentence", { name });
    if (verb === "forget") return t("agents.ask.forgetSentence");
    return t(replaced.length > 0 ? "agents.ask.acceptWaiting" : "agents.ask.acceptAlone", { name });
  };

  return {
    may: isAllowed,
    verbs: (item) => (isAllowed ? verbsOf[item.status] : []),
    async run(verb, item) {
      const replaced = all.filter(
        ({ id, nodeId }) => nodeId === item.nodeId && id !== null && id !== item.id,
      );
      const title = t(`agents.ask.${verb}`, { name: item.nodeName });
      const yes = await ask({
        title,
        sentence: sentenceOf(verb, item, replaced),
        details:
          verb === "accept" ? (
            <dl className="grid gap-2">
              <KeyLine label={t("agents.ask.thisKey")} item={item} />
              {replaced.map((other) => (
                <KeyLine key={other.id} label={t("agents.ask.thatKey")} item={other} />
              ))}
            </dl>
          ) : undefined,
        verb: t(`agents.action.${verb}`),
        danger: verb !== "accept",
      });
      if (!yes) return;
      const path = `/agents/${encodeURIComponent(item.id ?? "")}`;
      const request = { object: item.nodeName, title, verb: t(`agents.action.${verb}`) };
      await (verb === "forget"
        ? send({ method: "DELETE", path, ...request })
        : send({ method: "POST", path: `${path}/${verb}`, ...request }));
      onDone();
    },
  };
}

/** "Let in  key 3f9a01c2… from 10.0.0.5", and when it was last seen. */
function KeyLine({ label, item }: { label: string; item: AgentItem }) {
  return (
    <div className="rounded-2 border border-line bg-surface-2 px-3 py-2">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="mono break-words">
        {t("agents.ask.keyFrom", { key: item.keyStart ?? "", address: item.address ?? "" })}
        {item.lastSeenAt !== null && (
          <>
            {" "}
            <RelativeTime ago at={item.lastSeenAt} className="text-12 text-ink-3" />
          </>
        )}
      </dd>
    </div>
  );
}
