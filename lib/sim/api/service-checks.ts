import type { SimService } from "../world/objects.ts";
import { badReference } from "../world/registry.ts";
import type { ServiceSpec } from "../world/spec.ts";
import type { World } from "../world/world.ts";
import { invalidArgument, Refusal } from "./refusal.ts";

const updateStates = ["pause", "continue", "rollback"];
const orders = ["stop-first", "start-first"];
const runtimes = ["", "container", "plugin", "attachment"];

/** Refuses what engine and swarm refuse, in their words and in their order. */
export function checkSpec(world: World, spec: ServiceSpec): void {
  const { TaskTemplate: template, Name } = spec;
  checkNetworks(world, spec);
  if (!runtimes.includes(template.Runtime ?? "")) throw new Refusal(400, "unsupported runtime");
  const condition = template.RestartPolicy?.Condition ?? "";
  if (!["", "none", "on-failure", "any"].includes(condition))
    throw new Refusal(400, `invalid RestartCondition: "${condition}"`);
  for (const [word, config] of [
    ["update", spec.UpdateConfig],
    ["update", spec.RollbackConfig],
  ] as const) {
    const { FailureAction = "pause", Order = "stop-first" } = config ?? {};
    if (!updateStates.includes(FailureAction))
      throw new Refusal(400, `unrecognized ${word} failure action ${FailureAction}`);
    if (!orders.includes(Order)) throw new Refusal(400, `unrecognized ${word} order ${Order}`);
  }
  if (Name !== "" && !/^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/.test(Name))
    throw invalidArgument("name must be valid as a DNS name component");
  if (Name.length > 63) throw invalidArgument("name must be 63 characters or fewer");
  checkResources(spec);
  const image = template.ContainerSpec?.Image ?? "";
  if (image === "") throw invalidArgument("ContainerSpec: image reference must be provided");
  if (badReference(image) !== null)
    throw invalidArgument(`ContainerSpec: "${image}" is not a valid repository/tag`);
  const constraints = template.Placement?.Constraints ?? [];
  if (constraints.some((each) => !/(==|!=)/.test(each))) {
    throw new Refusal(500, "rpc error: code = Unknown desc = constraint expected one operator from ==, !=");
  }
  const published = (spec.EndpointSpec?.Ports ?? [])
    .filter(({ PublishedPort }) => PublishedPort)
    .map(({ PublishedPort, Protocol }) => `${PublishedPort}/${Protocol ?? "tcp"}`);
  if (new Set(published).size < published.length)
    throw invalidArgument("EndpointSpec: duplicate published ports provided");
  for (const { SecretID } of template.ContainerSpec?.Secrets ?? []) {
    if (world.files.get(SecretID)?.kind !== "secret") throw invalidArgument(`secret not found: ${SecretID}`);
  }
  for (const { ConfigID } of template.ContainerSpec?.Configs ?? []) {
    if (world.files.get(ConfigID)?.kind !== "config") throw invalidArgument(`config not found: ${ConfigID}`);
  }
}

function checkNetworks(world: World, spec: ServiceSpec): void {
  for (const { Target = "" } of spec.TaskTemplate.Networks ?? []) {
    const found =
      world.networks.get(Target) ?? [...world.networks.values()].find(({ name }) => name === Target);
    if (!found && !["host", "bridge", "none"].includes(Target))
      throw new Refusal(500, `network ${Target} not found`);
  }
}

function checkResources({ TaskTemplate: { Resources } }: ServiceSpec): void {
  for (const each of [Resources?.Limits, Resources?.Reservations]) {
    const { NanoCPUs = 0, MemoryBytes = 0 } = each ?? {};
    if (NanoCPUs !== 0 && NanoCPUs < 1e6) {
      throw invalidArgument(
        `invalid cpu value ${(NanoCPUs / 1e9).toExponential().replace(/e-(\d)$/, "e-0$1")}: Must be at least 0.001`,
      );
    }
    if (MemoryBytes !== 0 && MemoryBytes < 4 * 1024 ** 2)
      throw invalidArgument(`invalid memory value ${MemoryBytes}: Must be at least 4MiB`);
  }
}

/** Refuses a name and ports that another service has. */
export function checkConflicts(world: World, spec: ServiceSpec, own: SimService | null): void {
  const ingress = (of: ServiceSpec) =>
    (of.EndpointSpec?.Ports ?? []).filter(
      ({ PublishMode, PublishedPort }) => PublishMode === "ingress" && PublishedPort,
    );
  for (const other of world.services.values()) {
    if (other === own) continue;
    if (other.spec.Name === spec.Name) {
      const text = `name conflicts with an existing object: service ${spec.Name} already exists`;
      throw new Refusal(409, `rpc error: code = AlreadyExists desc = ${text}`);
    }
    for (const port of ingress(spec)) {
      if (
        !ingress(other.spec).some(
          (each) => each.PublishedPort === port.PublishedPort && each.Protocol === port.Protocol,
        )
      )
        continue;
      throw invalidArgument(
        `port '${port.PublishedPort}' is already in use by service '${other.spec.Name}' (${other.id}) as an ingress port`,
      );
    }
  }
}
