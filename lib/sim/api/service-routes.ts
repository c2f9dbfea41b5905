import { normaliseService } from "../world/normalise.ts";
import type { SimService } from "../world/objects.ts";
import { modeOf, type ServiceSpec } from "../world/spec.ts";
import type { World } from "../world/world.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { isYes, outOfSequence, parseBody, Refusal, versionOf } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { checkConflicts, checkSpec } from "./service-checks.ts";
import { serviceJson } from "./swarm-json.ts";

/** A service by id, name, or the start of its id, as Docker looks it up. */
export function serviceOf(world: World, ref: string): SimService {
  const known = world.services.get(ref);
  if (known) return known;
  const services = [...world.services.values()];
  const found =
    services.find((service) => service.spec.Name === ref) ?? services.find(({ id }) => id.startsWith(ref));
  if (!found) throw new Refusal(404, `service ${ref} not found`);
  return found;
}

function listServices({ swarm, world, query }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["id", "name", "label", "mode", "runtime"]);
  const found = [...world.services.values()].filter(
    ({ id, spec }) =>
      anyOf(filters.id, (wanted) => id.startsWith(wanted)) &&
      anyOf(filters.name, (wanted) => spec.Name.startsWith(wanted)) &&
      anyOf(filters.mode, (wanted) => wanted === wordFor(spec)) &&
      hasLabels(spec.Labels, filters.label),
  );
  const withStatus = isYes(query.get("status"));
  return { json: found.map((service) => serviceJson(swarm, service, withStatus)) };
}

function wordFor(spec: ServiceSpec): string {
  if (spec.Mode.GlobalJob) return "global-job";
  return modeOf(spec) === "job" ? "replicated-job" : modeOf(spec);
}

function createService(call: Call): Answer {
  const { swarm, world, body, profile } = call;
  const asked = parseSpec(body);
  checkSpec(world, asked);
  const spec = normaliseService(asked, () => `simulated_${world.random.id().slice(0, 8)}`);
  checkConflicts(world, spec, null);
  const { id } = swarm.createService(spec);
  return { json: { ID: id, ...(profile.speaksAs26 && { Warnings: null }) }, status: 201 };
}

function updateService({ swarm, world, ref, query, body }: Call): Answer {
  const asked = parseSpec(body);
  const version = versionOf(query, "service");
  const service = serviceOf(world, ref);
  const from = query.get("registryAuthFrom") ?? "";
  if (!["", "spec", "previous-spec"].includes(from))
    throw new Refusal(500, "unsupported registryAuthFrom value");
  const rollback = query.get("rollback") ?? "";
  if (rollback !== "" && rollback !== "previous" && rollback !== "none") {
    throw new Refusal(500, `unrecognized rollback option ${rollback}`);
  }
  checkSpec(world, asked);
  if (version !== service.index) throw outOfSequence();
  if (rollback === "previous") {
    if (swarm.rollBack(service)) return { json: { Warnings: null } };
    const text = `service ${service.id} does not have a previous spec`;
    throw new Refusal(400, `rpc error: code = FailedPrecondition desc = ${text}`);
  }
  const spec = normaliseService(asked, () => service.spec.Name);
  if (spec.Name !== service.spec.Name) {
    throw new Refusal(501, "rpc error: code = Unimplemented desc = renaming services is not supported");
  }
  if (modeOf(spec) !== modeOf(service.spec)) {
    throw new Refusal(501, "rpc error: code = Unimplemented desc = service mode change is not allowed");
  }
  checkConflicts(world, spec, service);
  swarm.updateService(service, spec);
  return { json: { Warnings: null } };
}

function parseSpec(body: string): ServiceSpec {
  const spec = parseBody<Partial<ServiceSpec> | null>(body) ?? {};
  return { ...spec, Name: spec.Name ?? "", TaskTemplate: spec.TaskTemplate ?? {}, Mode: spec.Mode ?? {} };
}

function removeService({ swarm, world, ref }: Call): Answer {
  swarm.removeService(serviceOf(world, ref));
  return null;
}

function inspectService({ swarm, world, ref, query }: Call): Answer {
  const service = serviceOf(world, ref);
  if (!isYes(query.get("insertDefaults"))) return { json: serviceJson(swarm, service, false) };
  return { json: serviceJson(swarm, { ...service, spec: withDefaults(service.spec) }, false) };
}

/** What swarm does where a specification is silent, spelled out. */
function withDefaults(spec: ServiceSpec): ServiceSpec {
  const update = {
    Parallelism: 1,
    FailureAction: "pause",
    Monitor: 5e9,
    MaxFailureRatio: 0,
    Order: "stop-first",
  };
  const { ContainerSpec, RestartPolicy } = spec.TaskTemplate;
  return {
    ...spec,
    TaskTemplate: {
      ...spec.TaskTemplate,
      ContainerSpec: { StopGracePeriod: 10e9, DNSConfig: {}, ...ContainerSpec } as NonNullable<
        typeof ContainerSpec
      >,
      Resources: spec.TaskTemplate.Resources ?? {},
      RestartPolicy: { Condition: "any", Delay: 5e9, MaxAttempts: 0, ...RestartPolicy },
      Placement: spec.TaskTemplate.Placement ?? {},
    },
    UpdateConfig: { ...update, ...spec.UpdateConfig },
    RollbackConfig: { ...update, ...spec.RollbackConfig },
  };
}

export const serviceRoutes: readonly Route[] = [
  { method: "GET", path: "/services", isSwarm: true, handle: listServices },
  { method: "POST", path: "/services/create", isSwarm: true, handle: createService },
  { method: "GET", path: "/services/{ref}", isSwarm: true, handle: inspectService },
  { method: "POST", path: "/services/{ref}/update", isSwarm: true, handle: updateService },
  { method: "DELETE", path: "/services/{ref}", isSwarm: true, handle: removeService },
];
