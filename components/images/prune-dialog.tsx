"use client";

import "#lib/shared/i18n/pages/images.ts";
import { useEffect, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { toast } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PruneAnswer, PruneNode, PrunePreview } from "#lib/shared/images/types.ts";
import { imageName } from "./image-filter.ts";

/** Shows exactly what goes from which node and what that frees, and removes just that. */
export function PruneDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { apiPath } = useCluster();
  const [what, setWhat] = useState<"dangling" | "unused">("dangling");
  const [preview, setPreview] = useState<PrunePreview | Error | null>(null);
  const path = apiPath("/images/prune/preview");
  useEffect(() => {
    let isOld = false;
    setPreview(null);
    void api
      .post<PrunePreview>(path, { what })
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
      .then((answer) => {
        if (!isOld) setPreview(answer);
      });
    return () => {
      isOld = true;
    };
  }, [path, what]);
  const nodes = preview === null || preview instanceof Error ? [] : preview.nodes;
  const n = new Set(nodes.flatMap(({ images }) => images.map(({ id }) => id))).size;
  const run = async () => {
    const wanted = nodes.filter(({ images }) => images.length > 0);
    if (wanted.length === 0) throw new Error(t("images.prune.nothing"));
    const body = { nodes: wanted.map(({ id, images }) => ({ id, images: images.map((each) => each.id) })) };
    const answer = await api.post<PruneAnswer>(apiPath("/images/prune"), body);
    onDone();
    const problems = answer.nodes.flatMap((node) => node.problems);
    if (problems.length > 0) throw new Error(problems.join(" "));
    const freed = answer.nodes.reduce((sum, node) => sum + (node.freedBytes ?? 0), 0);
    const size = formatBytes(freed);
    toast(t("images.prune.done", { n: t("images.prune.count", { n }), size }), { id: "prune" });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("images.prune.title")}
      sentence={t("images.prune.sentence")}
      verb={t("images.prune.verb", { n })}
      danger
      onConfirm={run}
    >
      <div className="grid gap-3">
        <Segmented
          label={t("images.prune.what")}
          value={what}
          onChange={setWhat}
          options={(["dangling", "unused"] as const).map((value) => ({
            value,
            label: t(`images.prune.${value}`),
          }))}
        />
        {preview === null && <p role="status">{t("images.prune.looking")}</p>}
        {preview instanceof Error && (
          <Banner tone="bad" role="alert">
            {preview.message}
          </Banner>
        )}
        {nodes.length > 0 && (
          <ul aria-label={t("images.prune.what")} className="rounded-2 border border-line">
            {nodes.map((node) => (
              <NodePart key={node.id} node={node} />
            ))}
          </ul>
        )}
      </div>
    </ConfirmDialog>
  );
}

function NodePart({ node }: { node: PruneNode }) {
  const services = [...new Set(node.kept.flatMap((each) => each.services.map(({ name }) => name)))].join(
    ", ",
  );
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0">
      <p className="flex flex-wrap justify-between gap-x-3">
        <span className="font-medium">{node.name}</span>
        <span className="text-12 text-ink-2">{node.error ?? freed(node)}</span>
      </p>
      {node.images.map((image) => (
        <p key={image.id} className="flex justify-between gap-3 text-12 text-ink-2" title={image.id}>
          <span className="min-w-0 truncate">{imageName({ ...image, digests: [] })}</span>
          <span className="shrink-0">{formatBytes(image.sizeBytes)}</span>
        </p>
      ))}
      {node.kept.length > 0 && (
        <p className="text-12 text-ink-3">{t("images.prune.kept", { n: node.kept.length, services })}</p>
      )}
    </li>
  );
}

function freed({ images, freesAtLeast, freesAtMost }: PruneNode): string {
  if (images.length === 0) return t("images.prune.nothing");
  const [least, most] = [formatBytes(freesAtLeast), formatBytes(freesAtMost)];
  return least === most
    ? t("images.prune.frees", { size: most })
    : t("images.prune.freesRange", { least, most });
}
