"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackFiles } from "#lib/shared/stacks/types.ts";
import { DeployPage } from "./deploy-page.tsx";

interface FilePageProps {
  stack: string;
  /** A version's number; null: the newest. */
  version: string | null;
}

/** The files of a stack, to change and deploy. They are asked for by whoever may have them, which is written down. */
export function FilePage({ stack, version }: FilePageProps) {
  const { may } = useCluster();
  return may("stack.deploy") ? (
    <Loaded stack={stack} version={version} />
  ) : (
    <EmptyState icon="lock" title={t("deploy.notAllowed")} />
  );
}

function Loaded({ stack, version }: FilePageProps) {
  const { apiPath } = useCluster();
  const path = apiPath(`/stacks/${encodeURIComponent(stack)}/versions/${version ?? "latest"}/files`);
  const { data, error, mutate } = useSWR<StackFiles, Error>(path, (key: string) => api.get(key), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    revalidateIfStale: false,
  });
  if (data) return <DeployPage key={path} stack={stack} initial={data} />;
  return error ? (
    <ErrorState message={error.message} onRetry={() => void mutate()} />
  ) : (
    <LoadingRows rows={6} />
  );
}
