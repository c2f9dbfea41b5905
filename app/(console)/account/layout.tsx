import type { ReactNode } from "react";
import { lastCluster } from "#lib/web/last-cluster.ts";
import { ClusterFrame } from "../cluster-frame.tsx";

/** The person's own page stands in the frame of the cluster one comes from. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <ClusterFrame cluster={await lastCluster()} needsPicture={false}>
      {children}
    </ClusterFrame>
  );
}
