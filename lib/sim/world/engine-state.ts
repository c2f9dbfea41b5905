import { createHash } from "node:crypto";
import type { SimContainer, SimImage, SimNetwork, SimVolume } from "./objects.ts";
import type { World } from "./world.ts";

/** One program that was started in a container. */
export interface SimExec {
  readonly id: string;
  readonly container: SimContainer;
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly user: string;
  readonly pid: number;
  state: "made" | "running" | "over";
  exitCode: number | null;
  /** Ends it from outside, as a signal does; null while it does not run. */
  kill: ((exitCode: number) => void) | null;
}

/** What one node keeps for itself: containers, images, volumes, networks. */
export class EngineState {
  readonly nodeId: string;
  readonly containers = new Map<string, SimContainer>();
  readonly images = new Map<string, SimImage>();
  readonly volumes = new Map<string, SimVolume>();
  readonly networks = new Map<string, SimNetwork>();
  readonly execs = new Map<string, SimExec>();

  constructor(world: World, nodeId: string) {
    this.nodeId = nodeId;
    const builtin = (
      name: string,
      driver: string,
      subnet: string | null,
      options: Record<string, string> = {},
    ) => {
      const id = world.random.hex();
      const gateway = subnet?.replace(/0\/\d+$/, "1") ?? null;
      this.networks.set(id, {
        id, name, driver, nodeId, subnet, gateway, options, createdAt: world.now,
        ingress: false, attachable: false, internal: false, labels: {}, ipam: null, index: 0,
      }); // biome-ignore format: one fact after another
    };
    builtin("bridge", "bridge", "172.17.0.0/16", bridgeOptions);
    builtin("host", "host", null);
    builtin("none", "null", null);
    builtin("docker_gwbridge", "bridge", "172.18.0.0/16", gatewayOptions);
  }

  /** An image by name, by id or the start of it. */
  image(ref: string): SimImage | undefined {
    const name = withTag(ref);
    const hex = ref.replace(/^sha256:/, "");
    for (const image of this.images.values()) {
      if (image.tags.has(name) || image.digests.has(ref)) return image;
      if (/^[0-9a-f]{4,64}$/.test(hex) && image.id.startsWith(`sha256:${hex}`)) return image;
    }
    return undefined;
  }

  /** The image is here from now on. */
  addImage(ref: string, now: number): SimImage {
    const known = this.image(ref);
    if (known) return known;
    const { name, digest } = splitDigest(ref);
    const id = imageId(ref);
    const same = this.images.get(id);
    const image = same ?? {
      id,
      createdAt: now - (Number.parseInt(id.slice(8, 13), 16) % 90) * 86_400_000,
      size: sizeOf(id),
      tags: new Set<string>(),
      digests: new Set<string>(),
    };
    if (digest === null) image.tags.add(withTag(name));
    if (digest !== null) image.digests.add(`${name.replace(/:[^:/]+$/, "")}@${digest}`);
    this.images.set(id, image);
    return image;
  }
}

const bridgeOptions = {
  "com.docker.network.bridge.default_bridge": "true",
  "com.docker.network.bridge.enable_icc": "true",
  "com.docker.network.bridge.enable_ip_masquerade": "true",
  "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0",
  "com.docker.network.bridge.name": "docker0",
  "com.docker.network.driver.mtu": "1500",
};
const gatewayOptions = {
  "com.docker.network.bridge.enable_icc": "false",
  "com.docker.network.bridge.enable_ip_masquerade": "true",
  "com.docker.network.bridge.name": "docker_gwbridge",
};

/** The id that an image has on every node, as the digest of its name. */
export function imageId(image: string): string {
  return `sha256:${createHash("sha256")
    .update(withTag(splitDigest(image).name))
    .digest("hex")}`;
}

/** The digest that the simulated registry gives a name. */
export function digestOf(image: string): string {
  return `sha256:${createHash("sha256")
    .update(`digest of ${withTag(splitDigest(image).name)}`)
    .digest("hex")}`;
}

/** `a/b` → `a/b:latest` */
export function withTag(ref: string): string {
  return ref.includes("@") || /:[^/]+$/.test(ref) ? ref : `${ref}:latest`;
}

function splitDigest(ref: string): { name: string; digest: string | null } {
  const at = ref.indexOf("@");
  return at < 0 ? { name: ref, digest: null } : { name: ref.slice(0, at), digest: ref.slice(at + 1) };
}

/** Between 20 and 420 MB, always the same for a name. */
function sizeOf(id: string): number {
  return (20 + (Number.parseInt(id.slice(7, 13), 16) % 400)) * 1_000_000;
}
