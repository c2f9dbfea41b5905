"use client";

import { useEffect } from "react";
import { hoveredService, hoverService, onHoveredService } from "#components/cluster/map-state.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

/**
 * Drops everything but the lit service to 22 %. A rule of its own style sheet does it, so that lighting renders
 * nothing again, however many tasks there are.
 */
export function useLighting(services: ClusterModel["services"]) {
  useEffect(() => {
    const lit = hoveredService();
    // Its line went away under the pointer, and nobody will say that the pointer left.
    if (lit !== null && services[lit] === undefined) hoverService(null);
  }, [services]);
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const light = () => {
      const id = hoveredService();
      sheet.replaceSync(
        id === null
          ? ""
          : `[data-slot="sea"] [data-service]:not([data-service="${CSS.escape(id)}"]) { opacity: .22 }`,
      );
    };
    const stop = onHoveredService(light);
    return () => {
      stop();
      hoverService(null);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, []);
}
