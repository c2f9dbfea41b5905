import "../i18n/pages/networks.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import { addressOf, type Cidr, covers, formatCidr, holds, overlap, parseAddress, parseCidr } from "./cidr.ts";
import { type DriverField, driverFacts, fieldOptions } from "./drivers.ts";
import type { NetworkCreate } from "./schemas.ts";
import type { NetworkRow } from "./types.ts";

/** What is wrong with a field of a new network. `field` is its path in the API's body: `subnets.0.gateway`. */
export interface PlanProblem {
  readonly field: string;
  readonly phrase: Phrase;
}

/** Smallest packet every IPv4 host takes, and what an interface can be told at most. */
const mtuLimits = { least: 68, most: 65_535 };

/** Everything about a new network that no engine would take, or would take as something else. */
export function planProblems(input: NetworkCreate): readonly PlanProblem[] {
  const { driver, node, parent, mode, mtu } = input;
  const facts = driverFacts[driver];
  const problems: PlanProblem[] = [];
  const say = (field: string, key: Phrase["key"], params?: Phrase["params"]) =>
    problems.push({ field, phrase: phrase(key, params) });
  if (facts.isSwarm && node !== undefined) say("node", "networks.plan.swarmNode");
  if (!facts.isSwarm && node === undefined) say("node", "networks.plan.needsNode", { driver });
  for (const field of ["attachable", "encrypted", "mtu", "parent", "mode"] satisfies DriverField[]) {
    const isSet = input[field] !== undefined && input[field] !== false;
    if (isSet && !facts.fields.includes(field)) say(field, "networks.plan.notFor", { driver });
  }
  if (mode !== undefined && facts.modes.length > 0 && !facts.modes.includes(mode)) {
    say("mode", "networks.plan.mode", { driver, modes: facts.modes.join(", ") });
  }
  if (parent !== undefined && !/^[A-Za-z0-9][A-Za-z0-9_.:-]*$/.test(parent))
    say("parent", "networks.plan.parent");
  if (mtu !== undefined && (mtu < mtuLimits.least || mtu > mtuLimits.most)) {
    say("mtu", "networks.plan.mtu", { least: mtuLimits.least, most: mtuLimits.most });
  }
  const own = fieldOptions(input);
  const twice = Object.keys(input.options ?? {}).find((key) => key in own);
  if (twice !== undefined) say("options", "networks.plan.optionTwice", { key: twice });
  return [...problems, ...subnetProblems(input)];
}

function subnetProblems({ subnets = [], ipv6 }: NetworkCreate): readonly PlanProblem[] {
  const before: Cidr[] = [];
  return subnets.flatMap((each, at) => {
    const field = (name: string) => `subnets.${at}.${name}`;
    const cidr = parseCidr(each.subnet);
    if (!cidr)
      return [{ field: field("subnet"), phrase: phrase("networks.plan.subnet", { text: each.subnet }) }];
    const problems: PlanProblem[] = [];
    const say = (name: string, key: Phrase["key"], params?: Phrase["params"]) =>
      problems.push({ field: field(name), phrase: phrase(key, params) });
    const params = { text: each.subnet, subnet: formatCidr(cidr) };
    if (cidr.written !== cidr.first) say("subnet", "networks.plan.subnetStart", params);
    else if (cidr.family === 6 && !ipv6) say("subnet", "networks.plan.needsIpv6");
    else if (before.some((other) => overlap(other, cidr))) say("subnet", "networks.plan.subnetTwice", params);
    before.push(cidr);
    if (each.gateway !== undefined && !isHost(cidr, each.gateway)) {
      say("gateway", "networks.plan.gateway", { text: each.gateway, subnet: params.subnet });
    }
    const range = each.range === undefined ? null : parseCidr(each.range);
    if (each.range !== undefined && (!range || !covers(cidr, range))) {
      say("range", "networks.plan.range", { text: each.range, subnet: params.subnet });
    }
    return problems;
  });
}

/** An address of the subnet that a host may have: of IPv4 not the first and the last. */
function isHost(subnet: Cidr, text: string): boolean {
  const address = parseAddress(text);
  if (!address || !holds(subnet, address)) return false;
  if (subnet.family === 6 || subnet.prefix >= 31) return true;
  return address.value !== subnet.first && address.value !== subnet.last;
}

/** What is there already that a new network could collide with. */
export interface KnownPlaces {
  readonly networks: readonly Pick<NetworkRow, "name" | "nodeId" | "nodeName" | "subnets">[];
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly address: string }[];
}

/**
 * Subnets that are in use where the new network would be. Engines refuse that on one node; swarm does not, and then
 * tasks do not start or do not find each other.
 */
export function planWarnings(input: NetworkCreate, known: KnownPlaces): readonly Phrase[] {
  const isHere = (id: string | null, name: string | null) =>
    driverFacts[input.driver].isSwarm || id === null || id === input.node || name === input.node;
  // A macvlan or ipvlan shares the subnet of its node on purpose.
  const isOwnSubnet = input.driver === "overlay" || input.driver === "bridge";
  return (input.subnets ?? []).flatMap(({ subnet }) => {
    const cidr = parseCidr(subnet);
    if (!cidr) return [];
    const networks = known.networks.flatMap(({ name, nodeId, nodeName, subnets }) => {
      if (!isHere(nodeId, nodeName)) return [];
      const other = subnets.find((text) => meets(cidr, text));
      if (other === undefined) return [];
      const params = { subnet, other, name };
      return nodeName === null
        ? [phrase("networks.plan.overlapSwarm", params)]
        : [phrase("networks.plan.overlapNode", { ...params, node: nodeName })];
    });
    const nodes = known.nodes.flatMap(({ id, name, address }) => {
      const own = isOwnSubnet && isHere(id, name) ? addressOf(address) : null;
      return own && holds(cidr, own)
        ? [phrase("networks.plan.overlapHost", { subnet, node: name, address })]
        : [];
    });
    return [...networks, ...nodes];
  });
}

function meets(cidr: Cidr, text: string): boolean {
  const other = parseCidr(text);
  return other !== null && overlap(cidr, other);
}
