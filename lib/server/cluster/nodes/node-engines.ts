import type { Engine } from "#lib/server/docker/engine.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type Link, nodeIdOf } from "../link.ts";

/** A node by its two names. Outside a swarm: the engine's own id and host name. */
export interface NodeRef {
  readonly id: string;
  readonly name: string;
}

/** A node whose engine answers through a link of ours. */
export interface LinkedNode extends NodeRef {
  readonly link: Link;
  readonly engine: Engine;
  /** Aborted when this connection is given up. */
  readonly signal: AbortSignal;
}

/** A node whose engine cannot be asked now, and why, as a sentence. */
export interface UnlinkedNode extends NodeRef {
  readonly engine: null;
  readonly why: string;
}

/** The engines of a cluster by node: the place where everything that only a node itself can tell is asked. */
export interface NodeEngines {
  /** Every node, sorted by name: those of the swarm, or the engines that answer outside one. */
  all(): readonly (LinkedNode | UnlinkedNode)[];
  /** By id or name. Throws not_found, or node_not_linked with why. */
  get(ref: string): LinkedNode;
}

export interface NodeEnginesOptions {
  readonly links: () => readonly Link[];
  readonly model: () => ClusterModel;
}

export function createNodeEngines({ links, model }: NodeEnginesOptions): NodeEngines {
  function swarmNodes(): (LinkedNode | UnlinkedNode)[] {
    const known = Object.values(model().nodes);
    return known.map((node) => {
      const own = links().filter((link) => nodeIdOf(link) === node.id);
      return linkedFirst(own, node) ?? { id: node.id, name: node.name, engine: null, why: whyNot(own, node) };
    });
  }

  function looseEngines(): (LinkedNode | UnlinkedNode)[] {
    const nodes = links().map((link): LinkedNode | UnlinkedNode => {
      const ref = nodeOf(link);
      const { error } = link.state();
      return linkedFirst([link], ref) ?? { ...ref, engine: null, why: error ?? t("actions.engine.noAnswer") };
    });
    return [...new Map(nodes.map((node) => [node.id, node])).values()];
  }

  const all = () => {
    const swarm = swarmNodes();
    return (swarm.length > 0 ? swarm : looseEngines()).sort((a, b) => compareNatural(a.name, b.name));
  };

  return {
    all,
    get(ref) {
      const nodes = all();
      const named = nodes.filter(({ name }) => name === ref);
      const node = nodes.find(({ id }) => id === ref) ?? (named.length === 1 ? named[0] : undefined);
      if (!node) throw new AppError("not_found", t("actions.engine.noNode", { ref }));
      if (node.engine === null) {
        throw new AppError(
          "node_not_linked",
          t("actions.engine.notLinked", { name: node.name, why: node.why }),
        );
      }
      return node;
    },
  };
}

/** The node that the engine behind a link says it is: of the swarm, or the engine itself. */
export function nodeOf(link: Link): NodeRef {
  const { facts, target } = link.state();
  return { id: nodeIdOf(link) ?? (facts?.id || link.id), name: facts?.name || target };
}

function linkedFirst(links: readonly Link[], { id, name }: NodeRef): LinkedNode | null {
  for (const link of links) {
    const engine = link.engine();
    if (engine) return { id, name, link, engine, signal: link.signal() };
  }
  return null;
}

function whyNot(links: readonly Link[], node: { readonly state: string }): string {
  const state = links[0]?.state();
  if (state?.frozen) return t("actions.engine.frozen");
  if (state?.error) return state.error;
  return node.state === "down" ? t("actions.engine.down") : t("actions.engine.noAgent");
}
