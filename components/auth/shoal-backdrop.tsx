"use client";

import { useEffect, useState } from "react";
import { scaleBody } from "#components/ui/mark-paths.ts";
import { type ArtScale, drawShoal } from "./shoal-art.ts";

interface Picture {
  width: number;
  height: number;
  scales: ArtScale[];
}

/** The shoal behind the sign-in card: drawn once for the window as it is, then still. */
export function ShoalBackdrop() {
  const [picture, setPicture] = useState<Picture>();
  useEffect(() => {
    const { innerWidth: width, innerHeight: height } = window;
    setPicture({ width, height, scales: drawShoal(width, height, width < 700 ? 200 : 640) });
  }, []);
  if (!picture) return null;
  return (
    <svg
      data-slot="shoal-backdrop"
      aria-hidden="true"
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      preserveAspectRatio="xMidYMid slice"
      className="pointer-events-none fixed inset-0 size-full animate-[shoal-fade-in_var(--d-3)_var(--ease)]"
    >
      {picture.scales.map((scale, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: the picture never changes
          key={index}
          d={scaleBody}
          fill={scale.hue === 0 ? "var(--accent)" : `var(--svc-${scale.hue})`}
          opacity={scale.opacity.toFixed(2)}
          transform={`translate(${scale.x.toFixed(1)} ${scale.y.toFixed(1)}) rotate(${scale.turn.toFixed(1)}) scale(${scale.scale.toFixed(2)}) translate(-6 -6)`}
        />
      ))}
    </svg>
  );
}
