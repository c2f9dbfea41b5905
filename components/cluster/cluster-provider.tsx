"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import type { ShellUser } from "#components/layout/account-menu.tsx";
import type { Freshness } from "#components/layout/live-indicator.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useClusterModel } from "#lib/client/use-cluster.ts";
import { useConnection } from "#lib/client/use-connection.ts";
import { lastClusterCookie } from "#lib/shared/last-cluster-cookie.ts";
import { openModel, type RenderedModel } from "#lib/shared/model/rendered-models.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { mayDo, type Permission } from "#lib/shared/roles.ts";
import { isBeyondSimulation } from "#lib/shared/simulated.ts";
import { blockedReason, freshnessOf } from "./freshness.ts";

/** The cluster of the page, as every part of it needs it. */
export interface ClusterValue {
  /** The live picture. */
  readonly model: ClusterModel;
  readonly viewer: ShellUser;
  /** Whether to offer it: by the role in this cluster, and by what this kind of cluster can. */
  readonly may: (permission: Permission) => boolean;
  readonly freshness: Freshness;
  /** Why nothing can be changed now, whoever asks; null when changes are possible. */
  readonly blocked: string | null;
  /** ms since 1970, renewed every 5 s; while hydrating the moment the server rendered. */
  readonly now: number;
  /** Address of a page of this cluster: href("/services"). */
  readonly href: (path: string) => string;
  /** The path of this cluster in the API: apiPath("/services"). */
  readonly apiPath: (path: string) => string;
}

const ClusterContext = createContext<ClusterValue | null>(null);

export interface ClusterProviderProps {
  /** The picture the page was rendered with. */
  initial: RenderedModel;
  viewer: ShellUser;
  /** When the server rendered, ms since 1970. */
  renderedAt: number;
  children: ReactNode;
}

/** Keeps the picture of one cluster live for everything below it. */
export function ClusterProvider({ initial, viewer, renderedAt, children }: ClusterProviderProps) {
  // One object for as long as the page stays: what hangs on the picture's identity must not start anew.
  const rendered = useMemo(() => openModel(initial), [initial]);
  const model = useClusterModel(rendered);
  const connection = useConnection();
  const now = useNow(5000) || renderedAt;
  const id = encodeURIComponent(model.info.id);
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it for pages that belong to no cluster
    document.cookie = `${lastClusterCookie}=${id}; path=/; samesite=lax`;
  }, [id]);
  const value: ClusterValue = {
    model,
    viewer,
    may: (permission) =>
      mayDo(viewer.roleHere ?? viewer.role, permission) &&
      !(model.info.simulated && isBeyondSimulation(permission)),
    freshness: freshnessOf(model.info, connection),
    blocked: blockedReason(model.info, connection),
    now,
    href: (path) => `/c/${id}${path}`,
    apiPath: (path) => `/clusters/${id}${path}`,
  };
  return <ClusterContext value={value}>{children}</ClusterContext>;
}

/** The cluster of this page. */
export function useCluster(): ClusterValue {
  const value = useContext(ClusterContext);
  if (value === null) throw new Error("useCluster needs a ClusterProvider above");
  return value;
}
