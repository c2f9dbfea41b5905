import type { ReactNode } from "react";
import { ServerShell } from "#components/layout/server-shell.tsx";
import { requireUser } from "#lib/web/current-user.ts";
import { lastCluster } from "#lib/web/last-cluster.ts";
import { ClusterFrame } from "./cluster-frame.tsx";

/** Around a page of the server: the frame of the cluster one comes from, or a bare one for who may see none. */
export async function ServerFrame({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const cluster = await lastCluster(user);
  if (cluster === null) {
    return <ServerShell user={{ name: user.name, role: user.role }}>{children}</ServerShell>;
  }
  return (
    <ClusterFrame cluster={encodeURIComponent(cluster)} needsPicture={false}>
      {children}
    </ClusterFrame>
  );
}
