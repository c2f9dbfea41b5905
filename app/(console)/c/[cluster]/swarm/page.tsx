import "#lib/shared/i18n/pages/swarm-page.ts";
import type { Metadata } from "next";
import { SwarmPage } from "#components/swarm/swarm-page.tsx";
import type { SwarmSettings } from "#lib/shared/api/types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type OpenedCluster, openCluster } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("swarmPage.title") };

/** Null while no manager can be asked: the page asks again. */
async function readSettings(cluster: OpenedCluster["cluster"]): Promise<SwarmSettings | null> {
  try {
    return await cluster.swarmSettings();
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await openCluster((await params).cluster);
  return <SwarmPage initial={await readSettings(cluster)} />;
}
