"use client";

import "#lib/shared/i18n/pages/images.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { Button } from "#components/ui/button.tsx";
import { ProgressBar } from "#components/ui/capacity-bar.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { usePulls } from "#lib/client/use-pulls.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PullNode, PullView } from "#lib/shared/images/types.ts";
import { pullShare } from "./pull-share.ts";

const tones = {
  pulling: "text-accent",
  done: "text-ok",
  failed: "text-bad",
  cancelled: "text-ink-3",
} as const;

/** Pulls under way and those that ended, live, with every node's progress and its own error. */
export function PullsPanel() {
  const { model } = useCluster();
  const pulls = usePulls(model.info.id);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shown = pulls.filter(({ id, endedAt }) => endedAt === null || !hidden.has(id)).slice(0, 5);
  const ended = shown.filter(({ endedAt }) => endedAt !== null);
  if (shown.length === 0) return null;
  return (
    <div className="max-h-[40dvh] shrink-0 overflow-y-auto px-5 pt-3 max-sm:px-4">
      <Panel
        bare
        title={t("images.pull.list")}
        aside={
          ended.length > 0 && (
            <Button
              variant="ghost"
              size="sm"
              onClick={() => setHidden(new Set([...hidden, ...ended.map(({ id }) => id)]))}
            >
              {t("images.pull.hide")}
            </Button>
          )
        }
      >
        <ul aria-label={t("images.pull.list")}>
          {shown.map((pull) => (
            <Pull key={pull.id} pull={pull} />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function Pull({ pull }: { pull: PullView }) {
  const { image, by, cancelledBy, nodes } = pull;
  return (
    <li className="border-b border-line px-3.5 py-2 last:border-b-0">
      <div className="flex min-w-0 items-center gap-3">
        <p className="min-w-0 flex-1 break-words">
          <span className="font-medium">{image}</span>{" "}
          <span className="text-ink-3">
            {t("images.pull.by", { name: by })}
            {cancelledBy !== null && `, ${t("images.pull.cancelledBy", { name: cancelledBy })}`}
          </span>
        </p>
        <CancelPull pull={pull} />
      </div>
      <ul className="mt-1 grid gap-1">
        {nodes.map((node) => (
          <NodeLine key={node.id} node={node} image={image} />
        ))}
      </ul>
    </li>
  );
}

function CancelPull({ pull: { id, image, endedAt } }: { pull: PullView }) {
  const { may } = useCluster();
  const send = useSend();
  const [busy, setBusy] = useState(false);
  if (endedAt !== null || !may("image.pull")) return null;
  const label = t("images.pull.cancelOf", { image });
  const cancel = async () => {
    setBusy(true);
    const verb = t("images.pull.cancel");
    await send({ method: "POST", path: `/images/pulls/${id}/cancel`, object: image, title: label, verb });
    setBusy(false);
  };
  return (
    <Button variant="ghost" size="sm" aria-label={label} disabled={busy} onClick={() => void cancel()}>
      {t("images.pull.cancel")}
    </Button>
  );
}

function NodeLine({ node, image }: { node: PullNode; image: string }) {
  const { layers, state, digest } = node;
  const done = layers.filter((layer) => layer.done).length;
  const at = state === "pulling" ? layers.filter((layer) => !layer.done && layer.total > 0) : [];
  const sum = (of: "current" | "total") => at.reduce((total, layer) => total + layer[of], 0);
  return (
    <li
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 text-12"
      title={layers.map((layer) => `${layer.id} ${layer.status}`).join("\n")}
    >
      <span className="w-28 min-w-0 truncate">{node.name}</span>
      <span className={tones[state]}>{t(`images.pull.state.${state}`)}</span>
      {state === "pulling" && (
        <ProgressBar
          label={t("images.pull.progress", { image, node: node.name })}
          value={pullShare(layers)}
          className="sm:min-w-28"
        />
      )}
      {layers.length > 0 && (
        <span className="text-ink-3">{t("images.pull.layers", { done, n: layers.length })}</span>
      )}
      {at.length > 0 && (
        <span className="text-ink-3 tabular-nums">
          {at[0]?.status} {formatBytes(sum("current"))} / {formatBytes(sum("total"))}
        </span>
      )}
      {state === "done" && digest !== null && (
        <span className="text-ink-3" title={digest}>
          {digest.slice(0, 19)}
        </span>
      )}
      <span className="min-w-0 break-words text-ink-2">
        {node.error ?? wordOf(node, image, at.length > 0)}
      </span>
    </li>
  );
}

/** The engine's own word, where nothing else says as much. */
function wordOf({ state, status }: PullNode, image: string, isCounted: boolean): string {
  if (state === "cancelled" || isCounted) return "";
  return status.replace(/^Status: /, "").replace(` for ${image}`, "");
}
