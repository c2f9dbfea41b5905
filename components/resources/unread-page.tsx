"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ErrorState } from "#components/data/error-state.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";

export interface UnreadPageProps {
  title: string;
  /** Why it could not be read, and what to do. */
  message: string;
  /** The list it is from: the path in the cluster, and its name. */
  list: { readonly path: string; readonly name: string };
}

/** A page about one thing whose node cannot be asked: says why, and shows the thing as soon as it can be. */
export function UnreadPage({ title, message, list }: UnreadPageProps) {
  const { model, freshness, href } = useCluster();
  const router = useRouter();
  const links = model.info.links
    .filter(({ ok }) => ok)
    .map(({ id }) => id)
    .sort()
    .join();
  const seen = useRef(links);
  useEffect(() => {
    if (seen.current === links) return;
    seen.current = links;
    router.refresh();
  }, [links, router]);
  return (
    <>
      <PageHead
        before={<BackLink to={href(list.path)}>{list.name}</BackLink>}
        title={title}
        freshness={freshness}
      />
      <ErrorState message={message} onRetry={() => router.refresh()} />
    </>
  );
}
