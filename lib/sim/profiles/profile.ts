/** Which engine is played: its numbers, and where its answers differ from those of the others. */
export interface Profile {
  readonly name: ProfileName;
  readonly engineVersion: string;
  readonly apiVersion: string;
  readonly minApiVersion: string;
  /** `Swarm: active/manager` in answers to /_ping. */
  readonly hasSwarmHeader: boolean;
  /** Events repeat `status`, `id` and `from` as old clients read them. */
  readonly hasLegacyEvents: boolean;
  /** Images have `VirtualSize`. */
  readonly hasVirtualSize: boolean;
  /** Answers of logs and attach say of what kind they are. */
  readonly hasLogType: boolean;
  /** `NetworkSettings.IPAddress` and its like beside `Networks`. */
  readonly hasFlatAddresses: boolean;
  /** /system/df asks for parts with `type`. */
  readonly hasDiskTypes: boolean;
  /** Volumes are pruned only where they have no name. */
  readonly prunesAnonymousOnly: boolean;
  /** A pull tells with numbers alone, without a drawn bar. */
  readonly hasProgressText: boolean;
  /** Rows of containers have `Health`. */
  readonly hasHealthRows: boolean;
  /** Words, statuses and members that changed between 20.10 and 26, as tests/conformance found them; `words.ts` has the words. */
  readonly speaksAs26: boolean;
}

export type ProfileName = "20.10" | "26" | "29";

const old: Profile = {
  name: "20.10",
  engineVersion: "20.10.24",
  apiVersion: "1.41",
  minApiVersion: "1.12",
  hasSwarmHeader: false,
  hasLegacyEvents: true,
  hasVirtualSize: true,
  hasLogType: false,
  hasFlatAddresses: true,
  hasDiskTypes: false,
  prunesAnonymousOnly: false,
  hasProgressText: true,
  hasHealthRows: false,
  speaksAs26: false,
};

const middle: Profile = {
  ...old,
  name: "26",
  engineVersion: "26.1.5",
  apiVersion: "1.45",
  minApiVersion: "1.24",
  hasSwarmHeader: true,
  hasVirtualSize: false,
  hasLogType: true,
  hasDiskTypes: true,
  prunesAnonymousOnly: true,
  speaksAs26: true,
};

/** Written from the engine's changelog, never compared with a real one. */
const newest: Profile = {
  ...middle,
  name: "29",
  engineVersion: "29.0.0",
  apiVersion: "1.52",
  minApiVersion: "1.44",
  hasLegacyEvents: false,
  hasFlatAddresses: false,
  hasProgressText: false,
  hasHealthRows: true,
};

/** 20.10 and 26 are compared with real engines; 29 is not. */
export const profiles: Readonly<Record<ProfileName, Profile>> = { "20.10": old, "26": middle, "29": newest };

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}
