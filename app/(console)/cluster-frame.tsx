import type { ReactNode } from "react";
import { ClusterProvider } from "#components/cluster/cluster-provider.tsx";
import { ClusterShell } from "#components/cluster/cluster-shell.tsx";
import { renderModel } from "#lib/shared/model/rendered-models.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

export interface ClusterFrameProps {
  /** As it stands in the address. */
  cluster: string;
  /** The page makes no sense without a picture of the cluster. */
  needsPicture: boolean;
  children: ReactNode;
}

/** Navigation and live picture around a page: the first picture is rendered here, then the socket takes over. */
export async function ClusterFrame({ cluster: param, needsPicture, children }: ClusterFrameProps) {
  const { cluster, user } = await openCluster(param);
  return (
    <ClusterProvider
      initial={renderModel(cluster.model())}
      viewer={{ name: user.name, role: user.access.role, roleHere: user.role }}
      renderedAt={Date.now()}
    >
      <ClusterShell needsPicture={needsPicture}>{children}</ClusterShell>
    </ClusterProvider>
  );
}
