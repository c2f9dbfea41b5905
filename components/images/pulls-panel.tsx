"use client";

import "#lib/shared/i18n/pages/images.ts";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ProgressBar } from "#components/ui/capacity-bar.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PullNode, PullView } from "#lib/shared/images/types.ts";

const tones = { pulling: "text-accent", done: "text-ok", failed: "text-bad" } as const;

/** Pulls under way and those that ended, with every node's progress and its own error. */
export function PullsPanel({ pulls }: { pulls: readonly PullView[] }) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shown = pulls.filter(({ id, endedAt }) => endedAt === null || !hidden.has(id)).slice(0, 5);
  if (shown.length === 0) return null;
  return (
    <div className="max-h-[40dvh] shrink-0 overflow-y-auto px-5 pt-3 max-sm:px-4">
      <Panel
        bare
        title={t("images.pull.list")}
        aside={
          pulls.some(({ endedAt }) => endedAt !== null) && (
            <Button variant="ghost" size="sm" onClick={() => setHidden(new Set(pulls.map(({ id }) => id)))}>
              {t("images.pull.hide")}
            </Button>
          )
        }
      >
        <ul aria-label={t("images.pull.list")}>
          {shown.map((pull) => (
            <li key={pull.id} className="border-b border-line px-3.5 py-2 last:border-b-0">
              <p className="min-w-0 truncate">
                <span className="font-medium">{pull.image}</span>{" "}
                <span className="text-ink-3">{t("images.pull.by", { name: pull.by })}</span>
              </p>
              <ul className="mt-1 grid gap-1">
                {pull.nodes.map((node) => (
                  <NodeLine key={node.id} node={node} image={pull.image} />
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function NodeLine({ node, image }: { node: PullNode; image: string }) {
  const { layers } = node;
  const done = layers.filter((layer) => layer.done).length;
  const at = layers.filter((layer) => !layer.done && layer.total > 0);
  const sum = (of: "current" | "total") => at.reduce((total, layer) => total + layer[of], 0);
  return (
    <li
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 text-12"
      title={layers.map((l) => `${l.id} ${l.status}`).join("\n")}
    >
      <span className="w-28 min-w-0 truncate">{node.name}</span>
      <span className={tones[node.state]}>{t(`images.pull.state.${node.state}`)}</span>
      {node.state === "pulling" && (
        <ProgressBar
          label={t("images.pull.progress", { image, node: node.name })}
          value={layers.length === 0 ? 0 : done / layers.length}
        />
      )}
      {layers.length > 0 && (
        <span className="text-ink-3">{t("images.pull.layers", { done, n: layers.length })}</span>
      )}
      {at.length > 0 && (
        <span className="text-ink-3">
          {at[0]?.status} {formatBytes(sum("current"))} / {formatBytes(sum("total"))}
        </span>
      )}
      <span className="min-w-0 break-words text-ink-2">
        {node.error ?? (at.length === 0 ? node.status : "")}
      </span>
    </li>
  );
}
