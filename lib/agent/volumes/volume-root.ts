import { connect } from "node:net";
import { isAbsolute, join, relative } from "node:path";
import { readEngine } from "../scope/ask-engine.ts";
import { type Folder, goDown, holdFolder } from "./folder.ts";
import { Refusal } from "./refusal.ts";

export interface VolumesPlace {
  /** The engine's socket: it says where a volume lies. */
  readonly socket: string;
  /** Where the engine's folder of volumes is for this process; null: where the engine says. */
  readonly folder: string | null;
}

interface WireVolume {
  readonly Driver?: unknown;
  readonly Mountpoint?: unknown;
  readonly Options?: Readonly<Record<string, unknown>> | null;
}

/**
 * Holds the files of a volume that lies in the engine's own folder of volumes. Throws Refusal for any other: what a driver
 * mounts from elsewhere is not there for this process, which would see an empty folder in its place.
 */
export async function holdVolume({ socket, folder }: VolumesPlace, name: string): Promise<Folder> {
  const ask = (target: string) =>
    readEngine(() => connect({ path: socket }), target, AbortSignal.timeout(10_000));
  const [volume, info] = await Promise.all([ask(`/volumes/${encodeURIComponent(name)}`), ask("/info")]);
  if (volume.status === 404) throw new Refusal("no_volume");
  if (volume.status !== 200 || info.status !== 200) throw new Error(`the engine answered ${volume.status}`);
  const { Driver, Mountpoint, Options } = JSON.parse(volume.text) as WireVolume;
  if (Driver !== "local") throw new Refusal("not_local");
  if (Options?.device || Options?.type) throw new Refusal("from_elsewhere");
  const { DockerRootDir } = JSON.parse(info.text) as { readonly DockerRootDir?: unknown };
  const told = join(String(DockerRootDir), "volumes");
  const inside = relative(told, String(Mountpoint));
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) throw new Refusal("from_elsewhere");
  return holdInside(folder ?? told, inside.split("/"));
}

async function holdInside(path: string, names: readonly string[]): Promise<Folder> {
  let all: Folder | null = null;
  try {
    all = await holdFolder(path);
    return await goDown(
      all,
      names.map((each) => Buffer.from(each)),
    );
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal("from_elsewhere");
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new Refusal("not_visible");
    throw error;
  } finally {
    await all?.handle.close();
  }
}
