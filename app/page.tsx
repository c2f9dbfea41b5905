import { redirect } from "next/navigation";
import { connection } from "next/server";
import { requireUser } from "#lib/web/current-user.ts";
import { seenClusters } from "#lib/web/open-cluster.ts";

/**
 * The home page is that of the only cluster a person may see, or of the demo where no engine answers; with more, or
 * with none, all at a glance.
 */
export default async function HomePage(): Promise<never> {
  await connection();
  const clusters = seenClusters(await requireUser());
  const real = clusters.list().filter(({ simulated }) => !simulated);
  const home = clusters.home();
  redirect(real.length > 1 || home === null ? "/clusters" : `/c/${home}`);
}
