import { amountOf, labelsOf, listOf, textOf, textsOf } from "#lib/server/docker/hostile.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import type { SpecField, SpecGroup } from "#lib/shared/api/types.ts";
import { formatCpu } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { healthFields } from "../actions/spec-words.ts";
import { bytes, commandLine, count, envNames, field, groupsOf, pairs, yes } from "../actions/words.ts";

type Config = NonNullable<WireContainerInspect["Config"]>;
type HostConfig = NonNullable<WireContainerInspect["HostConfig"]>;

/** How a container was made, as a person reads it: only what is set. Of the environment only the names. */
export function containerInWords(container: WireContainerInspect): readonly SpecGroup[] {
  const config = container.Config ?? {};
  const host = container.HostConfig ?? {};
  return groupsOf([
    ["actions.spec.container", programFields(container, config, host)],
    ["actions.spec.environment", field("actions.spec.env", envNames(config.Env), true)],
    ["actions.spec.health", healthFields(config.Healthcheck)],
    ["actions.spec.network", networkFields(config, host)],
    ["actions.spec.resources", resourceFields(host)],
    ["actions.spec.security", securityFields(host)],
    ["actions.spec.logging", logFields(host)],
  ]);
}

function programFields(
  container: WireContainerInspect,
  config: Config,
  host: HostConfig,
): readonly SpecField[] {
  const stop = config.StopTimeout;
  return [
    ...field("actions.spec.image", textOf(config.Image)),
    ...field("containers.spec.imageId", textOf(container.Image)),
    ...field("containers.spec.entrypoint", commandLine(config.Entrypoint)),
    ...field("actions.spec.command", commandLine(config.Cmd)),
    ...field("actions.spec.workdir", textOf(config.WorkingDir)),
    ...field("actions.spec.user", textOf(config.User)),
    ...field("containers.spec.restart", restartInWords(host.RestartPolicy)),
    ...field("containers.spec.autoRemove", yes(host.AutoRemove)),
    ...field("actions.spec.tty", yes(config.Tty)),
    ...field("containers.spec.stdin", yes(config.OpenStdin)),
    ...field("actions.spec.init", yes(host.Init)),
    ...field("actions.spec.readOnly", yes(host.ReadonlyRootfs)),
    ...field("actions.spec.stopSignal", textOf(config.StopSignal)),
    ...field(
      "actions.spec.stopGrace",
      typeof stop === "number" ? t("format.seconds", { n: amountOf(stop) }) : null,
    ),
  ];
}

function restartInWords(policy: HostConfig["RestartPolicy"]): string {
  const name = textOf(policy?.Name);
  if (name === "" || name === "no") return t("containers.restart.no");
  const retries = amountOf(policy?.MaximumRetryCount);
  if (name === "on-failure" && retries > 0) return t("containers.restart.onFailureAtMost", { n: retries });
  if (name === "on-failure") return t("containers.restart.onFailure");
  if (name === "always") return t("containers.restart.always");
  return name === "unless-stopped" ? t("containers.restart.unlessStopped") : name;
}

function networkFields(config: Config, host: HostConfig): readonly SpecField[] {
  const bindings = Object.entries(host.PortBindings ?? {}).flatMap(([target, places]) =>
    listOf(places).map((place) => {
      const ip = textOf(place?.HostIp);
      const published = textOf(place?.HostPort) || t("actions.spec.portAny");
      return `${ip === "" ? "" : `${ip.includes(":") ? `[${ip}]` : ip}:`}${published} → ${textOf(target)}`;
    }),
  );
  return [
    ...field("actions.spec.hostname", textOf(config.Hostname)),
    ...field("containers.spec.networkMode", textOf(host.NetworkMode)),
    ...field("actions.spec.ports", bindings),
    ...field("actions.spec.hosts", textsOf(host.ExtraHosts)),
    ...field("actions.spec.dns", [...textsOf(host.Dns), ...textsOf(host.DnsSearch)]),
  ];
}

function resourceFields(host: HostConfig): readonly SpecField[] {
  const nano = amountOf(host.NanoCpus) || quotaInNano(host);
  const ulimits = listOf(host.Ulimits).map(
    (limit) => `${textOf(limit?.Name)} ${amountOf(limit?.Soft)}:${amountOf(limit?.Hard)}`,
  );
  const swap = amountOf(host.MemorySwap) - amountOf(host.Memory);
  return [
    ...field("containers.spec.cpu", nano > 0 ? formatCpu(nano) : null),
    ...field("containers.spec.cpuShares", count(host.CpuShares)),
    ...field("containers.spec.cpuset", textOf(host.CpusetCpus)),
    ...field("containers.spec.memory", bytes(host.Memory)),
    ...field("containers.spec.memoryReserved", bytes(host.MemoryReservation)),
    ...field("actions.spec.swap", bytes(swap)),
    ...field("containers.spec.pids", count(host.PidsLimit)),
    ...field("containers.spec.shm", bytes(host.ShmSize)),
    ...field("actions.spec.ulimits", ulimits),
  ];
}

function quotaInNano({ CpuQuota, CpuPeriod }: HostConfig): number {
  return Math.round((amountOf(CpuQuota) / (amountOf(CpuPeriod) || 100_000)) * 1e9);
}

function securityFields(host: HostConfig): readonly SpecField[] {
  const devices = listOf(host.Devices).map(
    (device) => `${textOf(device?.PathOnHost)} → ${textOf(device?.PathInContainer)}`,
  );
  const isShared = (mode: string | undefined) => (mode === "host" ? mode : "");
  return [
    ...field("containers.spec.privileged", yes(host.Privileged)),
    ...field("containers.spec.pidMode", isShared(host.PidMode)),
    ...field("containers.spec.ipcMode", isShared(host.IpcMode)),
    ...field("actions.spec.capAdd", textsOf(host.CapAdd)),
    ...field("actions.spec.capDrop", textsOf(host.CapDrop)),
    ...field("containers.spec.securityOptions", textsOf(host.SecurityOpt)),
    ...field("containers.spec.devices", devices),
    ...field("actions.spec.sysctls", pairs(host.Sysctls)),
  ];
}

function logFields({ LogConfig: log }: HostConfig): readonly SpecField[] {
  // Options of log drivers carry tokens (splunk, gelf): only their names are shown.
  return [
    ...field("actions.spec.logDriver", textOf(log?.Type)),
    ...field("actions.spec.logOptions", Object.keys(labelsOf(log?.Config)), true),
  ];
}
