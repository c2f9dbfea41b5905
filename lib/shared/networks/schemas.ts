import { z } from "zod";
import { drivers, modes } from "./drivers.ts";

/** Input schemas of the API of networks. What fits together is judged by `plan.ts`. */

const node = z.string().min(1).max(255);
const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/, "letters, digits, and _ . - after the first");
const pairs = z
  .record(z.string().min(1).max(256), z.string().max(4_096))
  .refine((value) => Object.keys(value).length <= 100, "at most 100")
  .optional();
const address = z.string().min(2).max(64);
const flag = z.boolean().optional();
const confirm = z.string().max(255).optional();

export const networkListQuery = z.strictObject({
  node: node.optional(),
  scope: z.enum(["swarm", "local"]).optional(),
});
/** Names are unique in the swarm, and on one node mostly. */
export const networkQuery = z.strictObject({ node: node.optional() });
export const networkCreateBody = z.strictObject({
  name,
  driver: z.enum(drivers),
  /** Where it is made; not for an overlay, which is the swarm's. */
  node: node.optional(),
  subnets: z
    .array(z.strictObject({ subnet: address, gateway: address.optional(), range: address.optional() }))
    .max(8)
    .optional(),
  attachable: flag,
  internal: flag,
  encrypted: flag,
  ipv6: flag,
  /** Interface of the node that a macvlan or ipvlan uses. */
  parent: z.string().min(1).max(64).optional(),
  mode: z.enum(modes).optional(),
  mtu: z.number().int().optional(),
  options: pairs,
  labels: pairs,
});
export type NetworkCreate = z.output<typeof networkCreateBody>;
export const unusedNetworksBody = z.strictObject({
  networks: z
    .array(z.strictObject({ id: z.string().min(1).max(255), node: node.optional() }))
    .min(1)
    .max(2_000),
});
const container = z.string().min(1).max(255);
export const networkConnectBody = z.strictObject({
  container,
  /** The container's node, where its name is on several. */
  node: node.optional(),
  ipv4: address.optional(),
  ipv6: address.optional(),
  aliases: z
    .array(z.string().regex(/^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})$/, "a host name"))
    .max(32)
    .optional(),
});
export type NetworkConnect = z.output<typeof networkConnectBody>;
export const networkDisconnectBody = z.strictObject({ container, node: node.optional(), confirm });
export type NetworkDisconnect = z.output<typeof networkDisconnectBody>;
