import type { Logger } from "pino";
import type { EngineAddress } from "#lib/server/config/engine-address.ts";
import type { EngineTarget, TunnelAddress } from "#lib/server/docker/endpoint.ts";
import type { DockerEvent, WireContainer } from "#lib/server/docker/wire.ts";
import { type ContainerReader, createContainerReader } from "./container-reader.ts";
import { type Link, type LinkTiming, nodeIdOf, startLink } from "./link.ts";

/** The links of one cluster: those to configured engines, and those through agents, which come and go. */
export interface LinkSet {
  /** Configured ones first. */
  all(): readonly Link[];
  /** The link that stands for the cluster outside a swarm: the first configured one, else the first that works. */
  own(): Link | null;
  /** Nodes with a link that works. */
  linkedNodes(): ReadonlySet<string>;
  /** Of several links to one engine only the first that works speaks for it: nothing is heard or counted twice. */
  speaks(link: Link): boolean;
  /** The containers of this link's engine are read soon; without a link, those of every engine. */
  readContainers(link?: Link): void;
  /** Adds the engine behind an agent. */
  attach(id: string, target: TunnelAddress): void;
  /** Its tunnel has come up: the link need not wait for its next try. */
  wake(id: string): void;
  detach(id: string): Promise<void>;
  connectNow(): void;
  /** The engine of this node is asked about its place in the swarm again. */
  refresh(nodeId: string): void;
  /** Calls made to all engines since the start. */
  calls(): number;
  stop(): Promise<void>;
}

export interface LinkSetOptions {
  /** Each inner list is one engine: addresses to try in order. */
  readonly engines: readonly (readonly EngineAddress[])[];
  readonly certPath: string | null;
  readonly log: Logger;
  readonly timing: Partial<LinkTiming> | undefined;
  readonly onChange: () => void;
  readonly onUp: (link: Link) => void;
  readonly onMissed: (link: Link) => void;
  readonly onEvent: (link: Link, event: DockerEvent) => void;
  readonly onRows: (link: Link, rows: readonly WireContainer[]) => void;
  readonly onRowsFailed: (link: Link, error: unknown) => void;
}

interface Entry {
  readonly link: Link;
  readonly reader: ContainerReader;
}

export function startLinkSet(options: LinkSetOptions): LinkSet {
  const { certPath, log, timing } = options;
  const entries = new Map<string, Entry>();
  let callsBefore = 0;
  let ready = false;

  function add(id: string, candidates: readonly EngineTarget[], maxPauseMs: number): void {
    const link = startLink({
      id,
      candidates,
      certPath,
      maxPauseMs,
      log,
      ...(timing && { timing }),
      onChange: () => ready && options.onChange(),
      onUp: options.onUp,
      onMissed: options.onMissed,
      onEvent: (from, event) => {
        // What the swarm says is the same from everywhere and counted once elsewhere.
        if (event.Type === "container" && !speaks(from)) return;
        if (event.Type === "container") reader.heard(event);
        options.onEvent(from, event);
      },
    });
    const reader = createContainerReader({
      link,
      log,
      onRows: (rows) => {
        if (speaks(link)) options.onRows(link, rows);
      },
      onFailure: (error) => {
        if (speaks(link)) options.onRowsFailed(link, error);
      },
    });
    entries.set(id, { link, reader });
  }

  const all = () => [...entries.values()].map(({ link }) => link);

  function speaks(link: Link): boolean {
    const id = engineIdOf(link);
    return all().find((each) => each.engine() !== null && engineIdOf(each) === id) === link;
  }

  async function detach(id: string): Promise<void> {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    entry.reader.stop();
    await entry.link.stop();
    callsBefore += entry.link.calls();
    options.onChange();
  }

  // The page of the first engine heals itself: it looks often. Others may be away for days.
  options.engines.forEach((candidates, index) => {
    add(`engine-${index + 1}`, candidates, index === 0 ? 2_000 : 15_000);
  });
  ready = true;

  return {
    all,
    speaks,
    own: () =>
      all()[options.engines.length > 0 ? 0 : all().findIndex((link) => link.engine() !== null)] ?? null,
    linkedNodes() {
      const linked = all().filter((link) => link.engine() !== null);
      return new Set(linked.map(nodeIdOf).filter((id) => id !== null));
    },
    readContainers(link) {
      if (link) entries.get(link.id)?.reader.soon();
      else for (const { reader } of entries.values()) reader.soon();
    },
    attach(id, target) {
      if (entries.has(id)) return;
      add(id, [target], 15_000);
      options.onChange();
    },
    wake: (id) => entries.get(id)?.link.connectNow(),
    detach,
    connectNow() {
      for (const link of all()) link.connectNow();
    },
    refresh(nodeId) {
      for (const link of all()) if (nodeIdOf(link) === nodeId) link.refresh();
    },
    calls: () => all().reduce((sum, link) => sum + link.calls(), callsBefore),
    async stop() {
      for (const { reader } of entries.values()) reader.stop();
      await Promise.all(all().map((link) => link.stop()));
    },
  };
}

/** Machines that were copied share the engine's id; swarm gives each node one of its own. */
function engineIdOf(link: Link): string {
  const { facts } = link.state();
  return nodeIdOf(link) ?? (facts?.id ? `${facts.id} ${facts.name}` : link.id);
}
