/** Drivers that networks can be made with here: those that come with every engine. */
export const drivers = ["overlay", "bridge", "macvlan", "ipvlan"] as const;
export type Driver = (typeof drivers)[number];

/** Modes of macvlan and of ipvlan. */
export const modes = ["bridge", "private", "vepa", "passthru", "l2", "l3", "l3s"] as const;
type Mode = (typeof modes)[number];

/** What only some drivers can be told. */
export type DriverField = "attachable" | "encrypted" | "mtu" | "parent" | "mode";

interface DriverFacts {
  /** Made once for the whole swarm, by a manager. */
  readonly isSwarm: boolean;
  readonly fields: readonly DriverField[];
  /** The first is what the engine takes by itself. */
  readonly modes: readonly Mode[];
}

/** `attachable` is left out for drivers of one node: any container of the node may join those anyway. */
export const driverFacts: Readonly<Record<Driver, DriverFacts>> = {
  overlay: { isSwarm: true, fields: ["attachable", "encrypted", "mtu"], modes: [] },
  bridge: { isSwarm: false, fields: ["mtu"], modes: [] },
  macvlan: { isSwarm: false, fields: ["parent", "mode"], modes: ["bridge", "private", "vepa", "passthru"] },
  ipvlan: { isSwarm: false, fields: ["parent", "mode"], modes: ["l2", "l3", "l3s"] },
};

/** Options that have a field of their own, by the driver's name for them. */
export function fieldOptions({
  driver,
  encrypted,
  parent,
  mode,
  mtu,
}: {
  readonly driver: Driver;
  readonly encrypted?: boolean | undefined;
  readonly parent?: string | undefined;
  readonly mode?: string | undefined;
  readonly mtu?: number | undefined;
}): Readonly<Record<string, string>> {
  return {
    // The engine looks whether it is there, not at what it says; its own command line leaves it empty, too.
    ...(encrypted && { encrypted: "" }),
    ...(parent !== undefined && { parent }),
    ...(mode !== undefined && { [`${driver}_mode`]: mode }),
    ...(mtu !== undefined && { "com.docker.network.driver.mtu": String(mtu) }),
  };
}
