const width = 1440;
const height = 900;

/** One current: a slow wave across the page, drawn with smooth joints every 120 px. */
function current(index: number): string {
  const y = (x: number) => {
    const t = x / width;
    const base = index * (height / 16) + 10 + t * 40 - 30;
    return base + Math.sin(t * 4.2 + index * 0.31) * (26 + index * 1.5) + Math.sin(t * 9 + index * 0.8) * 7;
  };
  let path = `M-20 ${y(-20).toFixed(0)}`;
  for (let x = 60; x < width + 80; x += 80) path += `L${x} ${y(x).toFixed(0)}`;
  return path;
}

const paths = Array.from({ length: 22 }, (_, index) => current(index - 4)).join("");

/** About twenty faint lines behind full-page states: the water. Still. */
export function Currents() {
  return (
    <svg
      data-slot="currents"
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      fill="none"
      className="pointer-events-none absolute inset-0 size-full stroke-line opacity-55"
    >
      <path d={paths} strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
