"use client";

import { useRouter } from "next/navigation";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { containerRow } from "#components/containers/container-rows.ts";
import { useContainerActions } from "#components/containers/use-container-actions.tsx";
import { useNodeActions } from "#components/nodes/use-node-actions.tsx";
import { useServiceActions } from "#components/services/use-service-actions.tsx";
import { leave } from "#lib/client/leaving.ts";
import type { PaletteAction } from "#lib/shared/palette/palette-types.ts";

/** Does what a line of the palette says. What stops or loses something asks first, as everywhere. */
export function useRunPalette(): (action: PaletteAction, newTab: boolean) => void {
  const router = useRouter();
  const services = useServiceActions();
  const nodes = useNodeActions();
  const containers = useContainerActions();
  const { model } = useCluster();
  return (action, newTab) => {
    switch (action.kind) {
      case "go":
        if (newTab) window.open(action.path, "_blank", "noopener");
        else leave(() => router.push(action.path));
        return;
      case "scale":
        // What went wrong, or that the person declined, has been said already.
        void services.scale(action.service, action.replicas).catch(() => undefined);
        return;
      case "restart":
      case "remove":
        void services[action.kind](action.service);
        return;
      case "drain":
      case "activate":
      case "pause":
        void nodes[action.kind](action.node);
        return;
      case "container":
        void containers.actions.run(containerRow(action.container, model.services, null), action.verb);
        return;
      case "complete":
        return;
    }
  };
}
