import type { Metadata } from "next";
import type { ReactNode } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { openCluster } from "#lib/web/open-cluster.ts";
import { ClusterFrame } from "../../cluster-frame.tsx";

interface ClusterLayoutProps {
  params: Promise<{ cluster: string }>;
  children: ReactNode;
}

/** Tabs and bookmarks of a simulated cluster say so, too. */
export async function generateMetadata({ params }: ClusterLayoutProps): Promise<Metadata> {
  const { cluster } = await openCluster((await params).cluster);
  const { simulated } = cluster.model().info;
  const app = t("common.appName");
  if (!simulated) return { title: { template: `%s · ${app}`, default: app } };
  const marked = `${t("cluster.simulatedTitle")} · ${app}`;
  return { title: { template: `%s · ${marked}`, default: marked } };
}

/** The pages of one cluster. */
export default async function ClusterLayout({ params, children }: ClusterLayoutProps) {
  return (
    <ClusterFrame cluster={(await params).cluster} needsPicture>
      {children}
    </ClusterFrame>
  );
}
