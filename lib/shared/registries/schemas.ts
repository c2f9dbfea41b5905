import { z } from "zod";
import { registryKinds } from "./types.ts";

/** Input schemas of the API of registries. A password is never quoted in what is said about it. */

const name = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^\P{Cc}+$/u, "no line breaks or other control characters");
/** As people copy it: without the scheme and what follows the host. */
const address = z
  .string()
  .trim()
  .max(255)
  .transform((text) =>
    text
      .replace(/^https?:\/\//i, "")
      .replace(/\/+$/, "")
      .toLowerCase(),
  )
  .refine(
    (text) => /^([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text),
    "a host, with a port where it is not the usual one: registry.example.com:5000",
  )
  // Anything else would be taken for a folder of Docker Hub.
  .refine((text) => /[.:]|^localhost$/.test(text), "a host with a dot or a port in it");
const user = z.string().trim().min(1).max(255);
const password = z.string().min(1).max(16_384);
const cluster = z.string().min(1).max(64);
const clusters = z.array(cluster).min(1).max(200).nullable();

export const registryCreateBody = z.strictObject({
  name,
  kind: z.enum(registryKinds),
  address,
  user,
  password,
  /** Where it is used; null or left out: in every cluster. */
  clusters: clusters.optional(),
});
export type RegistryCreate = z.output<typeof registryCreateBody>;
export const registryPatchBody = z.strictObject({
  name: name.optional(),
  address: address.optional(),
  user: user.optional(),
  /** Left out: the one that is kept. Needed with another address, which must not be told the old one's. */
  password: password.optional(),
  clusters: clusters.optional(),
});
export type RegistryPatch = z.output<typeof registryPatchBody>;
/** Whose engine asks the registry; left out: one of a cluster that the login is used in. */
export const registryTestBody = z.strictObject({ cluster: cluster.optional() });
