import { amountOf, labelsOf, listOf, textOf, textsOf } from "#lib/server/docker/hostile.ts";
import { mapPorts } from "#lib/server/docker/map-ports.ts";
import { modeOf } from "#lib/server/docker/map-service.ts";
import type {
  WireContainerSpec,
  WireFileReference,
  WireMount,
  WireResources,
  WireServiceSpec,
  WireTaskTemplate,
  WireUpdateConfig,
} from "#lib/server/docker/wire.ts";
import type { SpecField, SpecGroup } from "#lib/shared/api/types.ts";
import { formatCpu } from "#lib/shared/format.ts";
import { type MessageKey, t } from "#lib/shared/i18n/translate.ts";
import { bytes, commandLine, count, duration, envNames, field, groupsOf, pairs, yes } from "./words.ts";

/**
 * A service's specification as a person reads it: only what is set, in words and units. Of the environment only the
 * names. `networks` gives names for network ids.
 */
export function specInWords(
  spec: WireServiceSpec,
  networks: ReadonlyMap<string, string> = new Map(),
): readonly SpecGroup[] {
  const template = spec.TaskTemplate ?? {};
  const container = template.ContainerSpec ?? {};
  const groups: readonly (readonly [MessageKey, readonly SpecField[]])[] = [
    ["actions.spec.container", containerFields(container)],
    ["actions.spec.environment", field("actions.spec.env", envNames(container.Env), true)],
    ["actions.spec.files", fileFields(container)],
    ["actions.spec.health", healthFields(container.Healthcheck)],
    ["actions.spec.network", networkFields(spec, container, networks)],
    ["actions.spec.placement", placementFields(spec, template)],
    ["actions.spec.resources", resourceFields(template, container)],
    ["actions.spec.restart", restartFields(template)],
    ["actions.spec.update", updateFields(spec.UpdateConfig)],
    ["actions.spec.rollback", updateFields(spec.RollbackConfig)],
    ["actions.spec.security", securityFields(container)],
    ["actions.spec.logging", logFields(template)],
  ];
  return groupsOf(groups);
}

function containerFields(container: WireContainerSpec): readonly SpecField[] {
  return [
    ...field("actions.spec.image", textOf(container.Image)),
    ...field("actions.spec.command", commandLine(container.Command)),
    ...field("actions.spec.args", commandLine(container.Args)),
    ...field("actions.spec.workdir", textOf(container.Dir)),
    ...field("actions.spec.user", textOf(container.User)),
    ...field("actions.spec.groups", textsOf(container.Groups)),
    ...field("actions.spec.hostname", textOf(container.Hostname)),
    ...field("actions.spec.tty", yes(container.TTY)),
    ...field("actions.spec.init", yes(container.Init)),
    ...field("actions.spec.stopSignal", textOf(container.StopSignal)),
    ...field("actions.spec.stopGrace", duration(container.StopGracePeriod)),
    ...field("actions.spec.labels", pairs(container.Labels)),
  ];
}

function fileFields(container: WireContainerSpec): readonly SpecField[] {
  return [
    ...field("actions.spec.mounts", listOf(container.Mounts).map(mountInWords)),
    ...field("actions.spec.secrets", listOf(container.Secrets).map(fileInWords)),
    ...field("actions.spec.configs", listOf(container.Configs).map(fileInWords)),
    ...field("actions.spec.readOnly", yes(container.ReadOnly)),
  ];
}

function mountInWords(mount: WireMount): string {
  const words = [textOf(mount.Type), textOf(mount.Source), "→", textOf(mount.Target)]
    .filter(Boolean)
    .join(" ");
  return mount.ReadOnly ? t("actions.spec.mountReadOnly", { mount: words }) : words;
}

function fileInWords(reference: WireFileReference): string {
  const name = textOf(reference.SecretName) || textOf(reference.ConfigName);
  const mode = amountOf(reference.File?.Mode).toString(8).padStart(4, "0");
  return t("actions.spec.file", { name, path: textOf(reference.File?.Name), mode });
}

/** A health check in words; nothing where there is none. */
export function healthFields(check: WireContainerSpec["Healthcheck"]): readonly SpecField[] {
  const test = textsOf(check?.Test);
  if (!check || test.length === 0) return [];
  if (test[0] === "NONE") return field("actions.spec.healthTest", t("actions.spec.healthOff"));
  return [
    ...field("actions.spec.healthTest", commandLine(test.slice(1))),
    ...field("actions.spec.interval", duration(check.Interval)),
    ...field("actions.spec.timeout", duration(check.Timeout)),
    ...field("actions.spec.startPeriod", duration(check.StartPeriod)),
    ...field("actions.spec.retries", count(check.Retries)),
  ];
}

function networkFields(
  spec: WireServiceSpec,
  container: WireContainerSpec,
  networks: ReadonlyMap<string, string>,
): readonly SpecField[] {
  const attached = listOf(spec.TaskTemplate?.Networks).map((network) => {
    const id = textOf(network?.Target);
    const aliases = textsOf(network?.Aliases);
    const name = networks.get(id) ?? id;
    return aliases.length > 0 ? t("actions.spec.networkAs", { name, aliases: aliases.join(", ") }) : name;
  });
  const ports = mapPorts(spec.EndpointSpec?.Ports).map((port) =>
    t(port.mode === "host" ? "actions.spec.portHost" : "actions.spec.portIngress", {
      published: port.published === null ? t("actions.spec.portAny") : String(port.published),
      target: String(port.target),
      protocol: port.protocol,
    }),
  );
  const dns = container.DNSConfig;
  return [
    ...field("actions.spec.ports", ports),
    ...field("actions.spec.networks", attached),
    ...field("actions.spec.endpoint", textOf(spec.EndpointSpec?.Mode)),
    ...field("actions.spec.hosts", textsOf(container.Hosts)),
    ...field("actions.spec.dns", [
      ...textsOf(dns?.Nameservers),
      ...textsOf(dns?.Search),
      ...textsOf(dns?.Options),
    ]),
  ];
}

function placementFields(spec: WireServiceSpec, template: WireTaskTemplate): readonly SpecField[] {
  const mode = modeOf(spec.Mode);
  const placement = template.Placement;
  const spread = listOf(placement?.Preferences).map((each) => textOf(each?.Spread?.SpreadDescriptor));
  return [
    ...field("actions.spec.mode", t(`actions.mode.${mode}`)),
    ...field("actions.spec.replicas", count(spec.Mode?.Replicated?.Replicas, true)),
    ...field("actions.spec.completions", count(spec.Mode?.ReplicatedJob?.TotalCompletions)),
    ...field("actions.spec.concurrent", count(spec.Mode?.ReplicatedJob?.MaxConcurrent)),
    ...field("actions.spec.constraints", textsOf(placement?.Constraints)),
    ...field(
      "actions.spec.spread",
      spread.filter((word) => word !== ""),
    ),
    ...field("actions.spec.maxPerNode", count(placement?.MaxReplicas)),
  ];
}

function resourceFields(template: WireTaskTemplate, container: WireContainerSpec): readonly SpecField[] {
  const { Limits: limits, Reservations: reservations } = template.Resources ?? {};
  const ulimits = listOf(container.Ulimits).map(
    (limit) => `${textOf(limit?.Name)} ${amountOf(limit?.Soft)}:${amountOf(limit?.Hard)}`,
  );
  return [
    ...field("actions.spec.limits", resourcesInWords(limits)),
    ...field("actions.spec.reservations", resourcesInWords(reservations)),
    ...field("actions.spec.swap", bytes(template.Resources?.SwapBytes)),
    ...field("actions.spec.swappiness", count(template.Resources?.MemorySwappiness, true)),
    ...field("actions.spec.ulimits", ulimits),
  ];
}

function resourcesInWords(resources: WireResources | null | undefined): readonly string[] {
  if (!resources) return [];
  const cpu = amountOf(resources.NanoCPUs);
  return [
    cpu > 0 ? formatCpu(cpu) : null,
    bytes(resources.MemoryBytes),
    amountOf(resources.Pids) > 0 ? t("actions.spec.pids", { n: amountOf(resources.Pids) }) : null,
    ...listOf(resources.GenericResources).map((generic) => JSON.stringify(generic).slice(0, 200)),
  ].filter((word) => word !== null);
}

function restartFields({ RestartPolicy: policy }: WireTaskTemplate): readonly SpecField[] {
  return [
    ...field("actions.spec.condition", textOf(policy?.Condition)),
    ...field("actions.spec.delay", duration(policy?.Delay)),
    ...field("actions.spec.attempts", count(policy?.MaxAttempts)),
    ...field("actions.spec.window", duration(policy?.Window)),
  ];
}

function updateFields(config: WireUpdateConfig | null | undefined): readonly SpecField[] {
  if (!config) return [];
  const parallelism = amountOf(config.Parallelism);
  const ratio = amountOf(config.MaxFailureRatio);
  return [
    ...field("actions.spec.parallelism", parallelism === 0 ? t("actions.spec.all") : String(parallelism)),
    ...field("actions.spec.delay", duration(config.Delay)),
    ...field("actions.spec.order", textOf(config.Order)),
    ...field("actions.spec.onFailure", textOf(config.FailureAction)),
    ...field("actions.spec.monitor", duration(config.Monitor)),
    ...field("actions.spec.maxFailureRatio", ratio > 0 ? String(ratio) : null),
  ];
}

function securityFields(container: WireContainerSpec): readonly SpecField[] {
  return [
    ...field("actions.spec.capAdd", textsOf(container.CapabilityAdd)),
    ...field("actions.spec.capDrop", textsOf(container.CapabilityDrop)),
    ...field("actions.spec.sysctls", pairs(container.Sysctls)),
    ...field("actions.spec.isolation", textOf(container.Isolation)),
  ];
}

function logFields({ LogDriver: driver }: WireTaskTemplate): readonly SpecField[] {
  // Options of log drivers carry tokens (splunk, gelf): only their names are shown.
  return [
    ...field("actions.spec.logDriver", textOf(driver?.Name)),
    ...field("actions.spec.logOptions", Object.keys(labelsOf(driver?.Options)), true),
  ];
}
