import type { Permitted } from "./permit-service-spec.ts";
import { specDifferences } from "./spec-differences.ts";

/** Drivers that come with the engine. A plugin's runs as whatever the plugin wants. */
const networkDrivers = new Set(["", "bridge", "overlay", "macvlan", "ipvlan"]);

const networkMembers = new Set([
  ...[
    "Name",
    "CheckDuplicate",
    "Driver",
    "Scope",
    "EnableIPv4",
    "EnableIPv6",
    "IPAM",
    "Internal",
    "Attachable",
  ],
  ...["Ingress", "ConfigOnly", "ConfigFrom", "Options", "Labels"],
]);

const planMembers = new Set(["Driver", "Config", "Options"]);
const volumeMembers = new Set(["Name", "Driver", "Labels"]);

/** A volume may be made, but not one that shows a directory or a device of the host: no driver, no options. */
export function permitVolume(posted: unknown): Permitted {
  const { known, others } = split(posted, volumeMembers);
  const changed = [...others];
  if (!["", "local", undefined, null].includes(known.Driver as string)) changed.push("Driver");
  return changed.length > 0 ? { ok: false, changed } : { ok: true, body: JSON.stringify(known) };
}

/** A network may be made with a driver and an address plan of the engine's own. */
export function permitNetwork(posted: unknown): Permitted {
  const { known, others } = split(posted, networkMembers);
  const plan = split(known.IPAM, planMembers);
  const changed = [...others, ...plan.others.map((name) => `IPAM.${name}`)];
  if (!networkDrivers.has((known.Driver ?? "") as string)) changed.push("Driver");
  if (!["", "default", undefined, null].includes(plan.known.Driver as string)) changed.push("IPAM.Driver");
  if (changed.length > 0) return { ok: false, changed };
  const body = known.IPAM === undefined ? known : { ...known, IPAM: plan.known };
  return { ok: true, body: JSON.stringify(body) };
}

const joinMembers = new Set(["Container", "Force", "EndpointConfig"]);
const endMembers = new Set(["IPAMConfig", "Aliases"]);
const addressMembers = new Set(["IPv4Address", "IPv6Address"]);

/** A container may join or leave a network, with an address and names there; nothing is said to the driver. */
export function permitJoin(posted: unknown): Permitted {
  const { known, others } = split(posted, joinMembers);
  // The engine's own command line sends numbers it says nothing with.
  const given = Object.entries(membersOf(known.EndpointConfig)).filter(([, value]) => value !== 0);
  const end = split(Object.fromEntries(given), endMembers);
  const plan = split(end.known.IPAMConfig, addressMembers);
  const changed = [
    ...others,
    ...end.others.map((name) => `EndpointConfig.${name}`),
    ...plan.others.map((name) => `EndpointConfig.IPAMConfig.${name}`),
  ];
  if (changed.length > 0) return { ok: false, changed };
  const config = end.known.IPAMConfig == null ? end.known : { ...end.known, IPAMConfig: plan.known };
  const body = known.EndpointConfig == null ? known : { ...known, EndpointConfig: config };
  return { ok: true, body: JSON.stringify(body) };
}

/**
 * The members we know, and the names of others that say something. Only the known are sent on: to the engine a name
 * that differs in case would be the same member.
 */
function split(posted: unknown, names: ReadonlySet<string>) {
  const entries = Object.entries(membersOf(posted));
  return {
    known: Object.fromEntries(entries.filter(([name]) => names.has(name))) as Readonly<
      Record<string, unknown>
    >,
    others: namesOf(Object.fromEntries(entries.filter(([name]) => !names.has(name)))),
  };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function namesOf(members: Readonly<Record<string, unknown>>): string[] {
  return specDifferences(members, {}).map(([name = ""]) => name);
}
