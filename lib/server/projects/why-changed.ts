import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { sameValue } from "#lib/shared/same-value.ts";

/** The parts of a create that people recognise, and where an inspected container has them. */
interface Made {
  readonly Image?: string;
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Env?: readonly string[] | null;
  readonly User?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly HostConfig?: WireContainerInspect["HostConfig"] & {
    readonly Binds?: readonly string[] | null;
    readonly Mounts?: readonly { readonly Source?: string; readonly Target?: string }[] | null;
  };
}

/** What about a container is different from the one it replaces, in words; never a value of the environment. */
export function differences(old: WireContainerInspect, next: object): readonly string[] {
  const body = next as Made;
  const found: string[] = [];
  const was = old.Config?.Image ?? "";
  if (body.Image !== undefined && body.Image !== was)
    found.push(t("projects.plan.image", { from: was, to: body.Image }));
  else if (isOtherImage(old, body)) found.push(t("projects.plan.newerImage", { image: was }));
  const env = changedVariables(old.Config?.Env ?? [], body.Env ?? []);
  if (env.length > 0) found.push(t("projects.plan.env", { names: env.join(", ") }));
  // Null: whatever the image says.
  if (body.Cmd && !sameValue(body.Cmd, old.Config?.Cmd ?? [])) found.push(t("projects.plan.command"));
  if (body.Entrypoint && !sameValue(body.Entrypoint, old.Config?.Entrypoint ?? []))
    found.push(t("projects.plan.entrypoint"));
  if (!sameValue(portsOf(body.HostConfig), portsOf(old.HostConfig))) found.push(t("projects.plan.ports"));
  if (!sameValue(mountsOf(body.HostConfig), mountsOf(old.HostConfig as Made["HostConfig"])))
    found.push(t("projects.plan.mounts"));
  return found.length > 0 ? found : [t("projects.plan.other")];
}

/** Compose writes down which image it has made a container from. */
function isOtherImage(old: WireContainerInspect, { Labels }: Made): boolean {
  const label = "com.docker.compose.image";
  const [was, is] = [old.Config?.Labels?.[label], Labels?.[label]];
  return was !== undefined && is !== undefined && was !== is;
}

/** Names that are new or have another value. One that is gone may be the image's own, so it is not told. */
function changedVariables(old: readonly string[], next: readonly string[]): readonly string[] {
  const before = new Set(old);
  return next.filter((line) => !before.has(line)).map((line) => line.split("=")[0] ?? "");
}

function portsOf(config: Made["HostConfig"] | null): unknown {
  const ports = Object.entries(config?.PortBindings ?? {}).map(([port, bindings]) => [
    port,
    (bindings ?? []).map(({ HostIp = "", HostPort = "" }) => `${HostIp}:${HostPort}`).sort(),
  ]);
  return ports.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function mountsOf(config: Made["HostConfig"] | null): unknown {
  const targets = (config?.Mounts ?? []).map(({ Source = "", Target = "" }) => `${Source}:${Target}`);
  // Anonymous volumes are handed on by name, and are no change.
  const binds = (config?.Binds ?? []).filter((bind) => !/^[0-9a-f]{64}:/.test(bind));
  return [
    ...binds.map((bind) => bind.split(":").slice(0, 2).join(":")),
    ...targets.filter((each) => !/^[0-9a-f]{64}:/.test(each)),
  ].sort();
}
