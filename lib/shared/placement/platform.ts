import type { NodeView } from "../model/types.ts";

type NodePlatform = Pick<NodeView, "os" | "arch">;

/** Engines report the kernel's word for a processor, images and people use Go's: the latter. */
function architecture(word: string): string {
  if (word === "x86_64") return "amd64";
  return word === "aarch64" ? "arm64" : word;
}

/** `linux/amd64` */
export function platformOfNode(node: NodePlatform): string {
  return `${node.os}/${architecture(node.arch)}`;
}

/** Is the image made for this node? `platforms` as `os/architecture`, an empty part fits all; no platforms fit all. */
export function suitsPlatform(node: NodePlatform, platforms: readonly string[]): boolean {
  if (platforms.length === 0) return true;
  return platforms.some((platform) => {
    const [os = "", arch = ""] = platform.split("/");
    return (os === "" || os === node.os) && (arch === "" || architecture(arch) === architecture(node.arch));
  });
}
