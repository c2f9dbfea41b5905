import { maskedValue } from "#lib/shared/agent/scope.ts";
import type { MaskName } from "./rules.ts";

/** How the texts under one member of a JSON document are hidden. */
export type MaskKind = "environment" | "options" | "data" | "history";

/** Where a document has something to hide: a member by its name and, where that is not enough, by what holds it. */
interface Spot {
  readonly key: string;
  /** Key under which the object stands that has the member; an item of a list stands under the list's key. */
  readonly parent?: string;
  readonly kind: MaskKind;
}

/**
 * Environments wherever they are (Config, ContainerConfig, ContainerSpec, PluginSpec, PreviousSpec), and the options
 * of volume and log drivers: a share's password and a log collector's token are written there.
 */
const specs: readonly Spot[] = [
  { key: "Env", kind: "environment" },
  { key: "Options", parent: "DriverConfig", kind: "options" },
  { key: "Options", parent: "LogDriver", kind: "options" },
  { key: "Config", parent: "LogConfig", kind: "options" },
];

const spots: Readonly<Record<MaskName, readonly Spot[]>> = {
  specs,
  configs: [
    { key: "Data", parent: "Spec", kind: "data" },
    { key: "Options", kind: "options" },
  ],
  volumes: [{ key: "Options", kind: "options" }],
  history: [{ key: "CreatedBy", kind: "history" }],
};

/** How the member `key` of an object that stands under `parent` is hidden; null when it is not. */
export function maskKindOf(name: MaskName, key: string | null, parent: string | null): MaskKind | null {
  if (key === null) return null;
  const spot = spots[name].find(
    (each) => each.key === key && (each.parent === undefined || each.parent === parent),
  );
  return spot?.kind ?? null;
}

/** Options of drivers that say how, not with which password. */
const plainOptions = new Set([
  ...["type", "device", "size"],
  ...[
    "max-size",
    "max-file",
    "compress",
    "mode",
    "max-buffer-size",
    "labels",
    "labels-regex",
    "env",
    "env-regex",
  ],
]);

/** The text that takes the place of a hidden one. `key` is the member's name where it is an option. */
export function maskText(kind: MaskKind, text: string, key: string | null): string {
  switch (kind) {
    case "environment": {
      const equals = text.indexOf("=");
      // A name alone takes its value from elsewhere and has none to hide.
      return equals < 0 ? text : `${text.slice(0, equals)}=${maskedValue}`;
    }
    case "options":
      return key !== null && plainOptions.has(key) ? text : maskedValue;
    case "data":
      // Clients decode it: it must be base64.
      return btoa(maskedValue);
    case "history":
      // An instruction's ENV and ARG, and the build arguments of a RUN (`|2 NAME=… NAME=… /bin/sh -c …`).
      return text.replace(/(\bENV\s|\bARG\s|\|\d+\s).*$/s, `$1${maskedValue}`);
  }
}
