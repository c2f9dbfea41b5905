/** Where images come from, and how one signs in there. The kind decides what the form asks for and says. */
export const registryKinds = ["hub", "generic", "ghcr", "gitlab", "ecr", "acr"] as const;
export type RegistryKind = (typeof registryKinds)[number];

/** What is fixed or usual for a kind; null: a person says it. */
export const registryFacts: Readonly<
  Record<RegistryKind, { readonly address: string | null; readonly usual: string; readonly user: string }>
> = {
  hub: { address: "docker.io", usual: "docker.io", user: "" },
  generic: { address: null, usual: "", user: "" },
  ghcr: { address: "ghcr.io", usual: "ghcr.io", user: "" },
  gitlab: { address: null, usual: "registry.gitlab.com", user: "" },
  ecr: { address: null, usual: "123456789012.dkr.ecr.eu-west-1.amazonaws.com", user: "AWS" },
  acr: { address: null, usual: "example.azurecr.io", user: "" },
};

/** A login that is kept. Never with its password. Times in ms since 1970. */
export interface RegistryItem {
  readonly id: string;
  readonly name: string;
  readonly kind: RegistryKind;
  /** Host, and port where it is not the usual one: what its images' names begin with. */
  readonly address: string;
  readonly user: string;
  /** Ids of the clusters it is used in; null: in all. */
  readonly clusters: readonly string[] | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What an engine said about a login. */
export interface RegistryTest {
  readonly ok: boolean;
  readonly words: string;
  /** The engine's own sentence; null: there is none. */
  readonly engineText: string | null;
}
