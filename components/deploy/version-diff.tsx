"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { DiffView } from "#components/revisions/diff-view.tsx";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { lineDiff, withContext } from "#lib/shared/line-diff.ts";
import type { StackFiles } from "#lib/shared/stacks/types.ts";

interface VersionDiffProps {
  stack: string;
  /** Null: shows the files of `to` as they are. */
  from: number | null;
  to: number;
}

/** What is different between the files of two versions; read on demand, because they may hold secrets. */
export function VersionDiff({ stack, from, to }: VersionDiffProps) {
  const { apiPath } = useCluster();
  const path = (version: number) => apiPath(`/stacks/${encodeURIComponent(stack)}/versions/${version}/files`);
  return <FilesDiff from={from === null ? null : path(from)} to={path(to)} />;
}

interface FilesDiffProps {
  /** Where the files are read in the API; null: shows those of `to` as they are. */
  from: string | null;
  to: string;
}

/** The same for files of any kind. */
export function FilesDiff({ from, to }: FilesDiffProps) {
  const read = async (path: string | null): Promise<StackFiles | null> =>
    path === null ? null : api.get(path);
  const { data, error } = useSWR(["files", from, to], () => Promise.all([read(from), read(to)]), {
    revalidateOnFocus: false,
  });
  if (error) return <p className="mt-2 text-bad">{String((error as Error).message)}</p>;
  if (!data) return <p className="mt-2 text-ink-3">{t("common.loading")}</p>;
  const [a, b] = data.map(textsOf);
  const names = [...new Set([...(b?.keys() ?? []), ...(a?.keys() ?? [])])];
  const different = names.filter((name) => a?.get(name) !== b?.get(name));
  if (different.length === 0) return <p className="mt-2 text-ink-2">{t("deploy.version.same")}</p>;
  return (
    <div className="mt-2 grid gap-3">
      {different.map((name) => (
        <div key={name} className="grid gap-1">
          <h3 className="mono text-12 text-ink-2">{name}</h3>
          <DiffView label={name} parts={withContext(lineDiff(a?.get(name) ?? "", b?.get(name) ?? ""))} />
        </div>
      ))}
    </div>
  );
}

function textsOf(content: StackFiles | null): ReadonlyMap<string, string> {
  if (content === null) return new Map();
  const env: readonly (readonly [string, string])[] = content.env === "" ? [] : [[".env", content.env]];
  return new Map([...content.files.map(({ name, text }) => [name, text] as const), ...env]);
}
