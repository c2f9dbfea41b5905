import { baseImage } from "../tests/lab/base-image.ts";
import { startImageLab } from "../tests/swarm/image-on-lab.ts";
import { MB, type Row } from "./report.ts";

/** What the image adds to its base, built on an engine of the lab as the Dockerfile says; no row where that cannot be done. */
export async function benchImage(say: (text: string) => void): Promise<Row[]> {
  say("lab: the image");
  const base = await baseImage();
  if ("missing" in base) {
    say(`lab: the image was not built: ${base.missing}`);
    return [];
  }
  const { lab, docker } = await startImageLab(base.file);
  try {
    const sizes = await docker("image", "inspect", "--format", "{{.Size}}", "shoal", "node:24-trixie-slim");
    const [whole = Number.NaN, standIn = Number.NaN] = sizes.split("\n").map(Number);
    const note =
      "unpacked; with the docker command and its compose plugin, without a copy of node:24-trixie-slim";
    return [
      { what: "image, beyond its base", value: (whole - standIn) / MB, unit: "MB", budget: null, note },
    ];
  } finally {
    await lab.down();
  }
}
