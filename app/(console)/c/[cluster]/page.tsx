import { redirect } from "next/navigation";

/** The home of a cluster. */
export default async function ClusterHome({
  params,
}: {
  params: Promise<{ cluster: string }>;
}): Promise<never> {
  redirect(`/c/${(await params).cluster}/map`);
}
