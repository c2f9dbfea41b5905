import type { NodeView } from "./model/types.ts";

type NodeFacts = Pick<
  NodeView,
  "id" | "name" | "role" | "address" | "os" | "arch" | "labels" | "engineLabels"
>;

/**
 * Does the node satisfy every placement constraint? As swarm's scheduler reads them: an unknown key matches
 * nothing, values match in any case, and processors only by the engine's own word (x86_64, not amd64).
 */
export function matchesConstraints(node: NodeFacts, constraints: readonly string[]): boolean {
  return constraints.every((constraint) => matchesConstraint(node, constraint));
}

function partsOf(constraint: string): RegExpExecArray | null {
  return /^\s*(.+?)\s*(==|!=)\s*(.*?)\s*$/.exec(constraint);
}

/** What the node has for the key of a constraint; empty: a label that is not set; null: no key that swarm knows. */
export function constraintFact(node: NodeFacts, constraint: string): string | null {
  const key = partsOf(constraint)?.[1] ?? "";
  return key.toLowerCase() === "node.ip" ? node.address : factOf(node, key);
}

/** Does the node satisfy this one constraint? */
export function matchesConstraint(node: NodeFacts, constraint: string): boolean {
  const parts = partsOf(constraint);
  if (!parts) return false;
  const [, key = "", operator, wanted = ""] = parts;
  const equals = operator === "==";
  if (key.toLowerCase() === "node.ip") return matchesAddress(node.address, wanted) === equals;
  const value = factOf(node, key);
  return value !== null && (value.toLowerCase() === wanted.toLowerCase()) === equals;
}

function factOf(node: NodeFacts, key: string): string | null {
  const labels = /^(node|engine)\.labels\.(.+)$/i.exec(key);
  if (labels) {
    const [, owner = "", name = ""] = labels;
    // A label that is not set compares as the empty text.
    return (owner.toLowerCase() === "node" ? node.labels : node.engineLabels)[name] ?? "";
  }
  switch (key.toLowerCase()) {
    case "node.id":
      return node.id;
    case "node.hostname":
      return node.name;
    case "node.role":
      return node.role;
    case "node.platform.os":
      return node.os;
    case "node.platform.arch":
      return node.arch;
    default:
      return null;
  }
}

/** An address, or an IPv4 network such as 10.0.0.0/24. */
function matchesAddress(address: string, wanted: string): boolean {
  const [network = "", bits] = wanted.split("/");
  if (bits === undefined) return address === network;
  const [left, right, length] = [ipv4(address), ipv4(network), Number(bits)];
  if (left === null || right === null || !(length >= 0 && length <= 32)) return false;
  const size = 2 ** (32 - length);
  return Math.floor(left / size) === Math.floor(right / size);
}

function ipv4(text: string): number | null {
  const parts = text.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
