"use client";

import "#lib/shared/i18n/pages/projects.ts";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackFiles } from "#lib/shared/stacks/types.ts";
import { ProjectDeployPage } from "./project-deploy-page.tsx";
import { type ProjectAddress, projectPath } from "./project-href.ts";

interface FilePageProps {
  address: ProjectAddress;
  /** A version's number; null: the newest. */
  version: string | null;
}

/** The files of a project, to change and deploy. They are asked for by whoever may have them, which is written down. */
export function ProjectFilePage({ address, version }: FilePageProps) {
  const { may } = useCluster();
  return may("stack.deploy") ? (
    <Loaded address={address} version={version} />
  ) : (
    <EmptyState icon="lock" title={t("projects.notAllowed")} />
  );
}

function Loaded({ address, version }: FilePageProps) {
  const { apiPath } = useCluster();
  const path = apiPath(projectPath(address, `/versions/${version ?? "latest"}/files`));
  const { data, error, mutate } = useSWR<StackFiles, Error>(path, (key: string) => api.get(key), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    revalidateIfStale: false,
  });
  if (data) return <ProjectDeployPage key={path} address={address} initial={data} nodes={[]} />;
  return error ? (
    <ErrorState message={error.message} onRetry={() => void mutate()} />
  ) : (
    <LoadingRows rows={6} />
  );
}
