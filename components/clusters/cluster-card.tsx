import "#lib/shared/i18n/pages/home.ts";
import type { ReactNode } from "react";
import { ListLink } from "#components/ui/list-link.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterGlance } from "#lib/shared/model/cluster-glance.ts";
import { GlanceWord } from "./glance-parts.tsx";

/** One cluster on the home page: how it is in a word and a sentence, and its numbers. */
export function ClusterCard({ glance, menu }: { glance: ClusterGlance; menu: ReactNode }) {
  const { id, name, sentence, staleSince, agents, simulated } = glance;
  const base = `/c/${encodeURIComponent(id)}`;
  return (
    <li
      data-slot="cluster-glance"
      data-cluster={id}
      className="relative flex min-w-0 flex-col gap-3 rounded-4 border border-line bg-surface p-4 shadow-1 hover:border-line-2"
    >
      <div className="flex min-w-0 items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="flex min-w-0 items-center gap-2 text-15 font-semibold tracking-title">
            <ListLink
              href={`${base}/map`}
              className="min-w-0 truncate rounded-1 after:absolute after:inset-0 after:rounded-4"
            >
              {name}
            </ListLink>
            {simulated && <Tag tone="warn">{t("common.simulated")}</Tag>}
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-2">
            <GlanceWord glance={glance} />
            {staleSince !== null && (
              <span className="text-12 text-ink-3">
                <RelativeTime ago at={staleSince} />
              </span>
            )}
          </p>
        </div>
        <div className="relative z-10">{menu}</div>
      </div>
      <p className="min-h-[18px] text-ink-2">{sentence === null ? "" : say(t, sentence)}</p>
      <Numbers glance={glance} />
      {agents.waiting > 0 && (
        <ListLink
          href={`${base}/agents`}
          className="relative z-10 self-start rounded-1 font-medium text-warn underline"
        >
          {t("home.waiting", { n: agents.waiting })}
        </ListLink>
      )}
    </li>
  );
}

function Numbers({ glance }: { glance: ClusterGlance }) {
  const { nodes, services, tasks, containers, agents, phase } = glance;
  const none = t("home.none");
  const isEngine = phase === "not_swarm";
  const ofAgents =
    agents.known === 0 ? none : t("home.connected", { part: agents.connected, whole: agents.known });
  return (
    <dl className="mt-auto grid grid-cols-2 gap-x-4 gap-y-2 border-t border-line pt-3">
      {isEngine ? (
        <Fact
          label={t("home.column.containers")}
          value={t("home.running", { part: containers.running, whole: containers.total })}
        />
      ) : (
        <>
          <Fact
            label={t("home.column.nodes")}
            value={nodes.total === 0 ? none : t("home.nodesReady", { part: nodes.ready, whole: nodes.total })}
          />
          <Fact label={t("home.column.services")} value={services === 0 ? none : services} />
          <Fact
            label={t("home.column.tasks")}
            value={
              tasks.desired === 0 ? none : t("home.running", { part: tasks.running, whole: tasks.desired })
            }
          />
        </>
      )}
      <Fact label={t("home.column.agents")} value={ofAgents} />
    </dl>
  );
}

function Fact({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="truncate">{value}</dd>
    </div>
  );
}
