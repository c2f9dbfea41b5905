"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useState } from "react";
import { useDetail } from "#components/cluster/use-detail.ts";
import { Tag } from "#components/ui/tag.tsx";
import type { ContainerChanges, FileChange } from "#lib/shared/containers/api-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ContainerRow } from "./container-rows.ts";
import { ReadOnDemand } from "./read-on-demand.tsx";

const tones = { added: "accent", changed: "outline", deleted: "bad" } as const satisfies Record<
  FileChange["kind"],
  string
>;

/** What the container has written beside its image. */
export function FileChanges({ row }: { row: ContainerRow }) {
  // Counting files costs the node: it is done when somebody comes or asks, and not whenever the state changes.
  const [version] = useState(() => [row.container.id]);
  const detail = useDetail<ContainerChanges>(`/containers/${row.container.id}/changes`, null, version);
  return (
    <ReadOnDemand title={t("containers.view.files")} detail={detail}>
      {({ items, total }) =>
        total === 0 ? (
          <p className="px-3.5 py-3 text-ink-3">{t("containers.files.none")}</p>
        ) : (
          <>
            {total > items.length && (
              <p className="border-b border-line px-3.5 py-2 text-12 text-ink-3">
                {t("containers.files.cut", { shown: items.length, n: total })}
              </p>
            )}
            <ul aria-label={t("containers.view.files")}>
              {items.map(({ path, kind }) => (
                <li
                  key={path}
                  className="flex items-center gap-3 border-b border-line px-3.5 py-1.5 last:border-b-0"
                >
                  <Tag tone={tones[kind]} className="shrink-0">
                    {t(`containers.files.${kind}`)}
                  </Tag>
                  <code className="mono min-w-0 break-all">{path}</code>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </ReadOnDemand>
  );
}
