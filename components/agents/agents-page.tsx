"use client";

import "#lib/shared/i18n/pages/agents.ts";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { agentCondition, agentsSentence, compareAgents } from "#lib/shared/agent/agent-condition.ts";
import { updateCommand } from "#lib/shared/agent/deploy-texts.ts";
import type { AgentItem, AgentList } from "#lib/shared/api/agent-types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { AgentNode, agentColumns } from "./agent-columns.tsx";
import { AgentMenu } from "./agent-menu.tsx";
import { AgentSince, AgentStateLine, AgentVersion, roundTripWords, ScopeWord } from "./agent-parts.tsx";
import { useAgentActions } from "./use-agent-actions.tsx";
import { useAgents } from "./use-agents.ts";

const AddNodesDialog = later(async () => (await import("./add-nodes-dialog.tsx")).AddNodesDialog);

/** Every node with its agent, and those without one: what needs a look first. */
export function AgentsPage({ initial }: { initial: AgentList }) {
  const { model, may, freshness, href } = useCluster();
  const { info } = model;
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const [isAdding, setAdding] = useState(false);
  const { list, error, reload } = useAgents(info.id, versionOf(model), initial);
  const items = (list?.items ?? []).toSorted(compareAgents);
  const actions = useAgentActions(items, reload);
  const text = query.get("q") ?? "";
  const shown = filterAgents(items, text);
  const nodeOf = (item: AgentItem) => model.nodes[item.nodeId];
  const nodeHref = (item: AgentItem) => href(`/nodes/${encodeURIComponent(item.nodeId)}`);
  const serverVersion = list?.serverVersion ?? "";
  const menu = (item: AgentItem) => <AgentMenu item={item} actions={actions} />;
  return (
    <>
      <PageHead
        title={t("agents.title")}
        note={items.length}
        freshness={freshness}
        actions={
          may("agent.manage") && (
            <Button variant="primary" onClick={() => setAdding(true)}>
              <Icon name="plus" size={14} />
              {t("agents.add")}
            </Button>
          )
        }
      />
      <Headline items={items} />
      <OtherVersions items={items} serverVersion={serverVersion} />
      <FilterBar>
        <FilterInput
          placeholder={t("agents.filter")}
          value={text}
          onChange={(value) => setQuery(new URLSearchParams(value === "" ? {} : { q: value }))}
        />
      </FilterBar>
      {list === null && error ? (
        <ErrorState message={`${t("agents.failed")}: ${error.message}`} onRetry={reload} />
      ) : list === null ? (
        <LoadingRows />
      ) : (
        <Table
          label={t("agents.title")}
          rows={shown}
          keyOf={(item) => item.id ?? item.nodeId}
          nameOf={(item) => item.nodeName}
          columns={agentColumns({ nodeOf, href, serverVersion, menu })}
          onOpen={(item) => nodeOf(item) && router.push(nodeHref(item))}
          mobile={(item) => (
            <Item item={item} menu={menu(item)} serverVersion={serverVersion}>
              <AgentNode item={item} node={nodeOf(item)} href={nodeHref(item)} />
            </Item>
          )}
          empty={
            <EmptyState
              icon={items.length === 0 ? "plug" : "search"}
              title={t(items.length === 0 ? "agents.sentence.nothing" : "common.noMatch")}
              action={
                items.length > 0 && (
                  <Button onClick={() => setQuery(new URLSearchParams())}>{t("common.clearFilter")}</Button>
                )
              }
            />
          }
        />
      )}
      <AddNodesDialog
        open={isAdding}
        onOpenChange={setAdding}
        cluster={info.id}
        name={info.name}
        isEngine={info.phase === "not_swarm"}
      />
    </>
  );
}

/** Changes when something the list shows has changed. */
function versionOf(model: ReturnType<typeof useCluster>["model"]): string {
  const nodes = Object.values(model.nodes).map(({ id, name, state }) => `${id} ${name} ${state}`);
  const links = model.info.links.map(({ id, ok, nodeId }) => `${id} ${ok} ${nodeId}`);
  return [model.info.agents.changes, ...nodes, ...links].join();
}

function filterAgents(items: readonly AgentItem[], text: string): readonly AgentItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const { nodeName, address, version, scope, keyStart } = item;
    const hay = [nodeName, address, version, scope, keyStart, say(t, agentCondition(item).word)];
    const all = hay.join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** "3 of 5 nodes are connected; node4: no agent; node5: its engine does not answer." */
function Headline({ items }: { items: readonly AgentItem[] }) {
  const { head, parts } = agentsSentence(items);
  return (
    <p
      data-slot="agents-sentence"
      role="status"
      className="px-5 pt-3 pb-1 text-18 font-semibold tracking-title max-sm:px-4"
    >
      {say(t, head)}
      {parts.map((part) => (
        <span key={say(t, part)} className="text-14 font-normal text-ink-2">
          {"; "}
          {say(t, part)}
        </span>
      ))}
      {parts.length > 0 && <span className="text-14 font-normal text-ink-2">.</span>}
    </p>
  );
}

/** Which agents are of another version, and the one command that updates them. */
function OtherVersions({ items, serverVersion }: { items: readonly AgentItem[]; serverVersion: string }) {
  const { model } = useCluster();
  const others = items.filter(({ isOtherVersion }) => isOtherVersion);
  if (others.length === 0) return null;
  const isSwarm = model.info.phase !== "not_swarm";
  return (
    <Banner
      className="mx-5 my-2 max-sm:mx-4"
      title={t("agents.update.title", { n: others.length, version: serverVersion })}
    >
      {t(isSwarm ? "agents.update.swarm" : "agents.update.engine")}
      {isSwarm && (
        <CodeBlock
          line
          className="mt-1.5"
          label={t("agents.update.command")}
          code={updateCommand(Object.values(model.services), serverVersion)}
        />
      )}
    </Banner>
  );
}

interface ItemProps {
  item: AgentItem;
  serverVersion: string;
  menu: ReactNode;
  children: ReactNode;
}

function Item({ item, serverVersion, menu, children }: ItemProps) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-w-0 items-center gap-2">
          <div className="min-w-0 flex-1">{children}</div>
          <AgentSince item={item} />
        </div>
        <AgentStateLine item={item} className="pl-[21px] text-12" />
        {item.id !== null && (
          <div className="flex min-w-0 items-center gap-3 pl-[21px] text-12 text-ink-3">
            <AgentVersion item={item} serverVersion={serverVersion} />
            <ScopeWord item={item} />
            {roundTripWords(item)}
          </div>
        )}
      </div>
      {menu}
    </div>
  );
}
