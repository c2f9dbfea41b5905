"use client";

import { encode } from "uqr";

/** Empty modules around the code, without which cameras do not find it. */
const border = 4;

/** A QR code, always dark on light: many apps do not read it the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      data-slot="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-[196px] rounded-2 bg-qr-paper text-qr-ink"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
