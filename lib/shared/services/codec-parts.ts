import { badMember, csvMembers, csvText, isObject, linesCodec } from "./codec.ts";

/** Lists of objects in the syntax of the docker command's options: mounts, ports, networks, files, limits. */

type Members = Readonly<Record<string, unknown>>;
const members = (item: unknown): Members => (isObject(item) ? item : {});
const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** `type=volume,source=data,target=/data,readonly` */
export const mountsCodec = linesCodec(showMount, (line) => {
  const typed = csvMembers(line);
  const known = new Set([
    "type", "source", "src", "target", "destination", "dst", "readonly", "ro", "bind-propagation", "volume-driver",
    "volume-opt", "volume-nocopy", "volume-label", "tmpfs-size", "tmpfs-mode",
  ]); // biome-ignore format: one list
  const odd = [...typed.keys()].find((key) => !known.has(key));
  if (odd !== undefined) return badMember("edit.problem.member", odd);
  const target = typed.get("target") ?? typed.get("destination") ?? typed.get("dst");
  if (target === undefined) return badMember("edit.problem.missing", "target");
  const source = typed.get("source") ?? typed.get("src");
  const isReadOnly = ["readonly", "ro"].some((key) => /^(true|1)$/.test(typed.get(key) ?? ""));
  return {
    value: {
      Type: typed.get("type") ?? "volume",
      ...(source !== undefined && { Source: source }),
      Target: target,
      ...(isReadOnly && { ReadOnly: true }),
      ...mountOptions(typed, line),
    },
  };
});

function mountOptions(typed: ReadonlyMap<string, string>, line: string): Members {
  const propagation = typed.get("bind-propagation");
  const pairs = (name: string) =>
    Object.fromEntries(
      [...line.matchAll(new RegExp(`${name}=([^=,"]+)=([^,"]*)`, "g"))].map(([, key = "", value = ""]) => [
        key,
        value,
      ]),
    );
  const [driver, options, labels] = [typed.get("volume-driver"), pairs("volume-opt"), pairs("volume-label")];
  const hasDriver = driver !== undefined || Object.keys(options).length > 0;
  const volume = {
    ...(typed.get("volume-nocopy") === "true" && { NoCopy: true }),
    ...(Object.keys(labels).length > 0 && { Labels: labels }),
    ...(hasDriver && {
      DriverConfig: {
        ...(driver !== undefined && { Name: driver }),
        ...(Object.keys(options).length > 0 && { Options: options }),
      },
    }),
  };
  const tmpfs = {
    ...(typed.has("tmpfs-size") && { SizeBytes: Number(typed.get("tmpfs-size")) }),
    ...(typed.has("tmpfs-mode") && { Mode: Number.parseInt(typed.get("tmpfs-mode") ?? "0", 8) }),
  };
  return {
    ...(propagation !== undefined && { BindOptions: { Propagation: propagation } }),
    ...(Object.keys(volume).length > 0 && { VolumeOptions: volume }),
    ...(Object.keys(tmpfs).length > 0 && { TmpfsOptions: tmpfs }),
  };
}

function showMount(item: unknown): string {
  const mount = members(item);
  const volume = members(mount.VolumeOptions);
  const driver = members(volume.DriverConfig);
  const tmpfs = members(mount.TmpfsOptions);
  const pairs = (name: string, value: unknown) =>
    Object.entries(members(value)).map(([key, each]) => [name, `${key}=${text(each)}`] as const);
  return csvText([
    ["type", text(mount.Type)],
    ["source", text(mount.Source)],
    ["target", text(mount.Target)],
    ["readonly", mount.ReadOnly === true],
    ["bind-propagation", text(members(mount.BindOptions).Propagation)],
    ["volume-nocopy", volume.NoCopy === true],
    ["volume-driver", text(driver.Name)],
    ...pairs("volume-opt", driver.Options),
    ...pairs("volume-label", volume.Labels),
    ["tmpfs-size", text(tmpfs.SizeBytes)],
    ["tmpfs-mode", typeof tmpfs.Mode === "number" && tmpfs.Mode > 0 ? tmpfs.Mode.toString(8) : ""],
  ]);
}

/** `8080:80`, `53:53/udp`, `8080:80/tcp,mode=host`; without a published one `80`. */
export const portsCodec = linesCodec(showPort, (line) => {
  const parts = /^(?:(\d{1,5}):)?(\d{1,5})(?:\/(tcp|udp|sctp))?(?:[\s,]+(?:mode=)?(host|ingress))?$/.exec(
    line,
  );
  if (!parts) return badMember("edit.problem.port", line);
  const [, published, target, protocol = "tcp", mode = "ingress"] = parts;
  return {
    value: {
      Protocol: protocol,
      TargetPort: Number(target),
      ...(published !== undefined && { PublishedPort: Number(published) }),
      PublishMode: mode,
    },
  };
});

function showPort(item: unknown): string {
  const port = members(item);
  const published =
    typeof port.PublishedPort === "number" && port.PublishedPort > 0 ? `${port.PublishedPort}:` : "";
  const mode = port.PublishMode === "host" ? ",mode=host" : "";
  return `${published}${text(port.TargetPort)}/${text(port.Protocol) || "tcp"}${mode}`;
}

/** `name` or `name,alias=a,alias=b`. Names and ids of networks are exchanged by who shows them. */
export const networksCodec = linesCodec(
  (item) => {
    const network = members(item);
    const aliases = Array.isArray(network.Aliases)
      ? network.Aliases.map((each) => `alias=${String(each)}`)
      : [];
    return [text(network.Target), ...aliases].join(",");
  },
  (line) => {
    const [target = "", ...rest] = line.split(",").map((part) => part.trim());
    const odd = rest.find((part) => !/^alias=./.test(part));
    if (odd !== undefined) return badMember("edit.problem.member", odd);
    const aliases = rest.map((part) => part.slice("alias=".length));
    return { value: { Target: target, ...(aliases.length > 0 && { Aliases: aliases }) } };
  },
);

/** `source=name,target=path,uid=0,gid=0,mode=0444`, of secrets or of configs. */
export function filesCodec(kind: "Secret" | "Config") {
  return linesCodec(
    (item) => {
      const reference = members(item);
      const file = members(reference.File);
      const mode = typeof file.Mode === "number" ? `0${file.Mode.toString(8)}` : "";
      const own = (value: unknown, usual: string) => (text(value) === usual ? "" : text(value));
      return csvText([
        ["source", text(reference[`${kind}Name`])],
        ["target", text(file.Name)],
        ["uid", own(file.UID, "0")],
        ["gid", own(file.GID, "0")],
        ["mode", own(mode, "0444")],
      ]);
    },
    (line) => {
      const typed = line.includes("=") ? csvMembers(line) : new Map([["source", line]]);
      const odd = [...typed.keys()].find(
        (key) => !["source", "src", "target", "uid", "gid", "mode"].includes(key),
      );
      if (odd !== undefined) return badMember("edit.problem.member", odd);
      const name = typed.get("source") ?? typed.get("src");
      if (name === undefined) return badMember("edit.problem.missing", "source");
      const mode = typed.get("mode") ?? "0444";
      if (!/^[0-7]{1,4}$/.test(mode)) return badMember("edit.problem.member", `mode=${mode}`);
      const path = typed.get("target") ?? (kind === "Config" ? `/${name}` : name);
      const file = {
        Name: path,
        UID: typed.get("uid") ?? "0",
        GID: typed.get("gid") ?? "0",
        Mode: Number.parseInt(mode, 8),
      };
      return { value: { [`${kind}Name`]: name, File: file } };
    },
  );
}

/** `nofile=1000:2000` */
export const ulimitsCodec = linesCodec(
  (item) => `${text(members(item).Name)}=${text(members(item).Soft)}:${text(members(item).Hard)}`,
  (line) => {
    const parts = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(line);
    if (!parts) return badMember("edit.problem.member", line);
    return { value: { Name: parts[1], Soft: Number(parts[2]), Hard: Number(parts[3] ?? parts[2]) } };
  },
);

/** `spread=node.labels.zone` */
export const preferencesCodec = linesCodec(
  (item) => `spread=${text(members(members(item).Spread).SpreadDescriptor)}`,
  (line) =>
    /^spread=.+/.test(line)
      ? { value: { Spread: { SpreadDescriptor: line.slice("spread=".length) } } }
      : badMember("edit.problem.member", line),
);

/** `gpu=2`, or `gpu=UUID1` for a named one. */
export const genericsCodec = linesCodec(
  (item) => {
    const { DiscreteResourceSpec: counted, NamedResourceSpec: named } = members(item);
    // An engine leaves a zero out.
    if (counted) return `${text(members(counted).Kind)}=${text(members(counted).Value) || "0"}`;
    return `${text(members(named).Kind)}=${text(members(named).Value)}`;
  },
  (line) => {
    const parts = /^([^=\s]+)=(\S+)$/.exec(line);
    if (!parts) return badMember("edit.problem.member", line);
    const [, Kind, Value = ""] = parts;
    return /^\d+$/.test(Value)
      ? { value: { DiscreteResourceSpec: { Kind, Value: Number(Value) } } }
      : { value: { NamedResourceSpec: { Kind, Value } } };
  },
);
