import type { Metadata } from "next";
import type { ReactNode } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";
import { ClusterFrame } from "../../cluster-frame.tsx";

interface ClusterLayoutProps {
  params: Promise<{ cluster: string }>;
  children: ReactNode;
}

/** Tabs and bookmarks of a simulated cluster say so, too. */
export async function generateMetadata({ params }: ClusterLayoutProps): Promise<Metadata> {
  const id = decodeURIComponent((await params).cluster);
  const { simulated } =
    getRuntime()
      .clusters.list()
      .find((info) => info.id === id) ?? {};
  const app = t("common.appName");
  if (!simulated) return { title: { template: `%s · ${app}`, default: app } };
  const marked = `${t("cluster.simulatedTitle")} · ${app}`;
  return { title: { template: `%s · ${marked}`, default: marked } };
}

/** The pages of one cluster. */
export default async function ClusterLayout({ params, children }: ClusterLayoutProps) {
  return (
    <ClusterFrame cluster={decodeURIComponent((await params).cluster)} needsPicture>
      {children}
    </ClusterFrame>
  );
}
