import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { StackPage } from "#components/stacks/stack-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { readInitial } from "#lib/web/read-initial.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: PageProps) {
  const { cluster, id } = await params;
  const name = decodeURIComponent(id);
  try {
    const initial = await readInitial(cluster, (each) => each.stackDetail(name));
    return <StackPage name={name} initial={initial} />;
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}
