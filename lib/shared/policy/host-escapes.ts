import { capabilityEscapes } from "./capabilities.ts";
import { entriesAt, isEmpty, itemsAt, textsAt, valuesAt } from "./members.ts";
import { bindEscapes, mountEscapes, withoutReadOnly } from "./mounts.ts";

/** Ways out of a container to its host, or to what other containers have. */
export type EscapeKind =
  | "privileged" | "host_network" | "host_namespace" | "bind" | "docker_socket" | "device" | "capability" | "volume_options"
  | "own_volume" | "confinement" | "runtime" | "other_container" | "plugin"; // biome-ignore format: one list

/** One way out, and what opens it: "/etc → /data", "SYS_ADMIN". Two are the same when both members are. */
export interface HostEscape {
  readonly kind: EscapeKind;
  readonly detail: string;
}

/** What the specification alone does not say. */
export interface EscapeFacts {
  /** Ids of networks that are the host's own: a service names its networks by id. */
  readonly hostNetworks?: ReadonlySet<string>;
  /** Names of volumes that hold Shoal's own data: with its accounts and keys. */
  readonly ownVolumes?: ReadonlySet<string>;
}

/**
 * The ways to the host that a specification opens, each once: a service's Spec, or the body of a container's create
 * (parsed JSON, hostile). Empty: tasks of it stay in their containers.
 */
export function escapesIn(spec: unknown, facts: EscapeFacts = {}): readonly HostEscape[] {
  const found = [
    ...privilegeEscapes(spec),
    ...networkEscapes(spec, facts),
    ...namespaceEscapes(spec),
    ...mountEscapes(valuesAt(spec, "TaskTemplate", "ContainerSpec")),
    ...mountEscapes(valuesAt(spec, "HostConfig")),
    ...bindEscapes(textsAt(spec, "HostConfig", "Binds")),
    ...ownVolumeEscapes(spec, facts),
    ...deviceEscapes(spec),
    ...capabilityEscapes([
      ...textsAt(spec, "TaskTemplate", "ContainerSpec", "CapabilityAdd"),
      ...textsAt(spec, "HostConfig", "CapAdd"),
    ]),
    ...confinementEscapes(spec),
    ...runtimeEscapes(spec),
  ];
  return found.filter((each, index) => found.findIndex((other) => isSame(each, other)) === index);
}

/** The ways that a change adds. What was there before, unchanged, is nobody's doing now. */
export function addedEscapes(
  before: unknown,
  after: unknown,
  facts: EscapeFacts = {},
): readonly HostEscape[] {
  const old = escapesIn(before, facts);
  return escapesIn(after, facts).filter(
    (each) =>
      !old.some(
        (other) => isSame(each, other) || isSame({ ...each, detail: withoutReadOnly(each.detail) }, other),
      ),
  );
}

function isSame(a: HostEscape, b: HostEscape): boolean {
  return a.kind === b.kind && a.detail === b.detail;
}

function privilegeEscapes(spec: unknown): readonly HostEscape[] {
  const asked = [
    ...valuesAt(spec, "HostConfig", "Privileged"),
    ...valuesAt(spec, "TaskTemplate", "ContainerSpec", "Privileged"),
  ];
  return asked.some((value) => !isEmpty(value)) ? [{ kind: "privileged", detail: "" }] : [];
}

function networkEscapes(spec: unknown, { hostNetworks }: EscapeFacts): readonly HostEscape[] {
  const attached = [...valuesAt(spec, "TaskTemplate", "Networks"), ...valuesAt(spec, "Networks")].flatMap(
    (list) =>
      textsAt({ list: Array.isArray(list) ? list.flatMap((each) => textsAt(each, "Target")) : [] }, "list"),
  );
  const joined = [
    ...textsAt(spec, "HostConfig", "NetworkMode"),
    ...entriesAt(spec, "NetworkingConfig", "EndpointsConfig").map(([name]) => name),
  ];
  const names = [...attached, ...joined];
  return [
    ...names
      .filter((name) => name === "host" || hostNetworks?.has(name))
      .map(() => way("host_network", "host")),
    ...joined.filter((name) => name.startsWith("container:")).map((name) => way("other_container", name)),
  ];
}

/** Shoal's own data: who mounts it can make himself an admin. */
function ownVolumeEscapes(spec: unknown, { ownVolumes }: EscapeFacts): readonly HostEscape[] {
  const holders = [...valuesAt(spec, "TaskTemplate", "ContainerSpec"), ...valuesAt(spec, "HostConfig")];
  const sources = [
    ...holders.flatMap((holder) => itemsAt(holder, "Mounts")).flatMap((mount) => textsAt(mount, "Source")),
    ...textsAt(spec, "HostConfig", "Binds").map((bind) => bind.split(":")[0] ?? ""),
  ];
  return sources.filter((name) => ownVolumes?.has(name)).map((name) => way("own_volume", name));
}

/** A namespace of the host, or of another container. */
function namespaceEscapes(spec: unknown): readonly HostEscape[] {
  return ["PidMode", "IpcMode", "UTSMode", "UsernsMode", "CgroupnsMode"].flatMap((member) =>
    textsAt(spec, "HostConfig", member).flatMap((mode) => {
      if (mode.toLowerCase() === "host") return [way("host_namespace", member)];
      return mode.startsWith("container:") ? [way("other_container", `${member} ${mode}`)] : [];
    }),
  );
}

function deviceEscapes(spec: unknown): readonly HostEscape[] {
  const places = [
    valuesAt(spec, "HostConfig", "Devices"),
    valuesAt(spec, "HostConfig", "DeviceRequests"),
    valuesAt(spec, "HostConfig", "DeviceCgroupRules"),
    valuesAt(spec, "TaskTemplate", "ContainerSpec", "Devices"),
  ];
  return places
    .flat()
    .flatMap((list) => (Array.isArray(list) ? list : [list]))
    .filter((device) => !isEmpty(device))
    .map((device) => way("device", typeof device === "string" ? device : deviceWords(device)));
}

function deviceWords(device: unknown): string {
  const [host = ""] = textsAt(device, "PathOnHost");
  const [inside = host] = textsAt(device, "PathInContainer");
  return host === "" ? short(JSON.stringify(device)) : `${host} → ${inside}`;
}

/** Less of what keeps a process in its container: seccomp, AppArmor, SELinux, hidden paths of the kernel. */
function confinementEscapes(spec: unknown): readonly HostEscape[] {
  const options = textsAt(spec, "HostConfig", "SecurityOpt").filter(
    (option) => !/^no-new-privileges([:=]true)?$/i.test(option.trim()),
  );
  const paths = ["MaskedPaths", "ReadonlyPaths"].filter(
    (member) => valuesAt(spec, "HostConfig", member).length > 0,
  );
  const groups = textsAt(spec, "HostConfig", "CgroupParent").filter((parent) => parent !== "");
  return [
    ...[...options, ...paths].map((detail) => way("confinement", detail)),
    ...groups.map((detail) => way("host_namespace", `CgroupParent ${detail}`)),
    ...servicePrivileges(spec),
  ];
}

function servicePrivileges(spec: unknown): readonly HostEscape[] {
  return valuesAt(spec, "TaskTemplate", "ContainerSpec", "Privileges").flatMap((privileges) =>
    ["CredentialSpec", "SELinuxContext", "Seccomp", "AppArmor"].flatMap((member) =>
      valuesAt(privileges, member)
        .filter((value) => !isEmpty(value) && !isDefaultProfile(value))
        .map((value) => way("confinement", `${member} ${short(JSON.stringify(value))}`)),
    ),
  );
}

/** `{"Mode":"default"}` is what there is without it. */
function isDefaultProfile(value: unknown): boolean {
  const members = entriesAt({ value }, "value").filter(([, member]) => !isEmpty(member));
  return members.every(([name, member]) => name.toLowerCase() === "mode" && member === "default");
}

function runtimeEscapes(spec: unknown): readonly HostEscape[] {
  const runtimes = textsAt(spec, "HostConfig", "Runtime").filter((name) => name !== "" && name !== "runc");
  const others = textsAt(spec, "HostConfig", "VolumesFrom").filter((name) => name !== "");
  const kinds = textsAt(spec, "TaskTemplate", "Runtime").filter((name) => !["", "container"].includes(name));
  const plugins = valuesAt(spec, "TaskTemplate", "PluginSpec").filter((value) => !isEmpty(value));
  return [
    ...runtimes.map((detail) => way("runtime", detail)),
    ...others.map((detail) => way("other_container", detail)),
    ...[...kinds, ...plugins.map(() => "plugin")].map((detail) => way("plugin", detail)),
  ];
}

function way(kind: EscapeKind, detail: string): HostEscape {
  return { kind, detail };
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
