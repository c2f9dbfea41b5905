import type { ReactNode } from "react";
import { lastCluster } from "#lib/web/last-cluster.ts";
import { ClusterFrame } from "../cluster-frame.tsx";

/** A page of the server, in the frame of the cluster one comes from. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  return (
    <ClusterFrame cluster={await lastCluster()} needsPicture={false}>
      {children}
    </ClusterFrame>
  );
}
