"use client";

import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { RoleMark } from "#components/ui/mark.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { nodeRoleKind } from "#lib/shared/model/node-state.ts";
import type { NodeView, ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { groupVerdicts, type VerdictGroup } from "#lib/shared/placement/group-verdicts.ts";
import { placementVerdict } from "#lib/shared/placement/placement-verdict.ts";

/** Lines shown before somebody asks for all, and names of nodes in one line. */
const fewLines = 8;
const fewNames = 4;

/** Is the task one that swarm looks for a node for? */
export function isUnplaced(task: TaskView): boolean {
  return task.state === "pending";
}

const cell = "border-t border-line py-1.5 align-top";

/** For a task without a place: what each node says to it, with the arithmetic. */
export function TaskPlacement({ task, service }: { task: TaskView; service: ServiceView }) {
  const { model } = useCluster();
  const [isWhole, setWhole] = useState(false);
  const groups = groupVerdicts(placementVerdict(model, service, task), model.services);
  const shown = isWhole ? groups : groups.slice(0, fewLines);
  const fits = groups.some((group) => group.why.length === 0);
  const isUnseen = /missing plugin|volume/.test(task.error ?? "");
  if (groups.length === 0) return <p className="text-ink-2">{t("placement.noNodes")}</p>;
  return (
    <div data-slot="task-placement">
      <table className="w-full table-fixed border-separate border-spacing-0">
        <thead>
          <tr className="text-12 text-ink-3">
            <th scope="col" className="w-[28%] py-1 pr-2 text-left font-medium">
              {t("placement.node")}
            </th>
            <th scope="col" className="py-1 text-left font-medium">
              {t("placement.why")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => (
            <Line key={group.nodes[0]?.id} group={group} />
          ))}
        </tbody>
      </table>
      {groups.length > shown.length && (
        <Button size="sm" className="mt-1.5" onClick={() => setWhole(true)}>
          {t("placement.showAll", { n: groups.length })}
        </Button>
      )}
      {(fits || isUnseen) && (
        <p className="mt-2 text-12 text-ink-2">{t(fits ? "placement.fitsLead" : "placement.unseen")}</p>
      )}
    </div>
  );
}

function Line({ group: { nodes, why } }: { group: VerdictGroup }) {
  const hidden = nodes.length - fewNames;
  return (
    <tr>
      <td className={`${cell} pr-2`}>
        <ul>
          {nodes.slice(0, hidden === 1 ? fewNames + 1 : fewNames).map((node) => (
            <li key={node.id}>
              <NodeName node={node} />
            </li>
          ))}
          {hidden > 1 && <li className="text-12 text-ink-3">{t("placement.more", { n: hidden })}</li>}
        </ul>
      </td>
      <td className={cell}>
        {why.length === 0 ? (
          <span className="text-accent">{t("placement.fits")}</span>
        ) : (
          <ul>
            {why.map((each) => {
              const words = say(t, each);
              return (
                <li key={words} className="break-words">
                  {words}
                </li>
              );
            })}
          </ul>
        )}
      </td>
    </tr>
  );
}

function NodeName({ node }: { node: NodeView }) {
  const { href } = useCluster();
  return (
    <ListLink
      href={href(`/nodes/${encodeURIComponent(node.id)}`)}
      className="flex min-w-0 items-center gap-1.5 hover:underline"
    >
      <RoleMark role={nodeRoleKind(node)} />
      <span className="truncate font-medium">{node.name}</span>
    </ListLink>
  );
}
