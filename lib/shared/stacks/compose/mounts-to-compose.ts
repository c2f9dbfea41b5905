import { compact, type Names, namespaceLabel, ownLabels } from "./compose-names.ts";
import { type Taker, takerOf } from "./taker.ts";
import { durationText } from "./units.ts";

/** The volumes of a service, in the short form where it says the same. */
export function mountsToCompose(mounts: readonly Taker[], volumes: Names): readonly unknown[] {
  return mounts.map((mount) => {
    const type = mount.text("Type") ?? "volume";
    const source = mount.text("Source");
    const target = mount.text("Target") ?? "";
    const readOnly = mount.yes("ReadOnly");
    const consistency = mount.text("Consistency");
    const common = {
      type,
      target,
      ...(readOnly && { read_only: true }),
      ...(consistency && { consistency }),
    };
    if (type === "volume") return volumeMount(mount, volumes, { source, target, readOnly, common });
    if (type === "tmpfs") return { ...common, ...tmpfsOptions(mount) };
    const propagation = mount.has("BindOptions") ? mount.in("BindOptions").text("Propagation") : undefined;
    const isPlain = type === "bind" && !propagation && !consistency;
    if (isPlain && isShortPath(source) && isShortPath(target)) return short(source ?? "", target, readOnly);
    return { ...common, ...(source && { source }), ...(propagation && { bind: { propagation } }) };
  });
}

const isShortPath = (path: string | undefined) => path !== undefined && /^\/[^:]*$/.test(path);
const short = (source: string, target: string, readOnly: boolean) =>
  `${source}:${target}${readOnly ? ":ro" : ""}`;

interface VolumeMount {
  readonly source: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
  readonly common: Readonly<Record<string, unknown>>;
}

function volumeMount(
  mount: Taker,
  volumes: Names,
  { source, target, readOnly, common }: VolumeMount,
): unknown {
  const options = mount.in("VolumeOptions");
  const noCopy = options.yes("NoCopy");
  const subpath = options.text("Subpath");
  const labels = options.map("Labels");
  const driverConfig = options.take("DriverConfig");
  const driver = takerOf(driverConfig);
  if (source === undefined) return { ...common, ...(noCopy && { volume: { nocopy: true } }) };
  const own =
    compact({
      driver: driver.text("Name"),
      driver_opts: compact(driver.map("Options")),
      labels: ownLabels(labels),
    }) ?? {};
  // Only what a stack has made carries its label; a volume without it is somebody else's.
  const isOwn = labels[namespaceLabel] !== undefined || (volumes.isOutside && Object.keys(own).length > 0);
  // Outside of a stack it is described where it has options. Of somebody else's volume a file says no more than its name.
  if (!isOwn) {
    options.give("Labels", labels);
    options.give("DriverConfig", driverConfig);
  }
  const key = volumes.key(source, isOwn ? own : null);
  const more = compact({ nocopy: noCopy || undefined, subpath });
  if (!more && !common.consistency && isShortPath(target)) return short(key, target, readOnly);
  return { ...common, source: key, ...(more && { volume: more }) };
}

function tmpfsOptions(mount: Taker): Readonly<Record<string, unknown>> {
  const size = mount.in("TmpfsOptions").number("SizeBytes");
  return size === undefined ? {} : { tmpfs: { size } };
}

/** A health check; undefined when the image's own holds. */
export function healthToCompose(health: Taker): unknown {
  const test = health.texts("Test");
  if (test[0] === "NONE") return { disable: true };
  const time = (key: string) => {
    const ns = health.number(key);
    return ns ? durationText(ns) : undefined;
  };
  return compact({
    test,
    interval: time("Interval"),
    timeout: time("Timeout"),
    retries: health.number("Retries") || undefined,
    start_period: time("StartPeriod"),
    start_interval: time("StartInterval"),
  });
}
