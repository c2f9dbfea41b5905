import { redirect } from "next/navigation";
import { connection } from "next/server";
import { getRuntime } from "#lib/web/get-runtime.ts";

/** The home page is that of the only cluster, or of the demo where no engine answers; with more, all at a glance. */
export default async function HomePage(): Promise<never> {
  await connection();
  const { clusters } = getRuntime();
  const real = clusters.list().filter(({ simulated }) => !simulated);
  redirect(real.length > 1 ? "/clusters" : `/c/${clusters.home()}`);
}
