import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ClusterProvider } from "#components/cluster/cluster-provider.tsx";
import { ClusterShell } from "#components/cluster/cluster-shell.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { type PackedModel, packModel } from "#lib/shared/model/pack-model.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

function snapshot(id: string): PackedModel {
  try {
    return packModel(getRuntime().clusters.get(id).model());
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

export interface ClusterFrameProps {
  cluster: string;
  /** The page makes no sense without a picture of the cluster. */
  needsPicture: boolean;
  children: ReactNode;
}

/** Navigation and live picture around a page: the first picture is rendered here, then the socket takes over. */
export async function ClusterFrame({ cluster, needsPicture, children }: ClusterFrameProps) {
  const user = await requireUser();
  return (
    <ClusterProvider
      initial={snapshot(cluster)}
      viewer={{ name: user.name, role: user.role }}
      renderedAt={Date.now()}
    >
      <ClusterShell needsPicture={needsPicture}>{children}</ClusterShell>
    </ClusterProvider>
  );
}
