import { labelsOf, listOf, textOf, textOrNull } from "#lib/server/docker/hostile.ts";
import type { WireNode, WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { NodeDetail, ServiceDetail, TaskDetail } from "#lib/shared/api/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ActionContext } from "./context.ts";
import { nodeView } from "./node-writes.ts";
import { findNode, findService, notFound, objectPath } from "./object-ref.ts";
import { agentsServiceWarning, selfNodeWarning, selfServiceWarning } from "./self.ts";
import { serviceView } from "./service-writes.ts";
import { specInWords } from "./spec-words.ts";
import { mapAttempts } from "./task-attempts.ts";

/** One service with its specification in words and all tasks the engine remembers. Values of env are not in it. */
export async function serviceDetail(ctx: ActionContext, ref: string): Promise<ServiceDetail> {
  const found = await findService(ctx, ref);
  const service = serviceView(ctx, found.value);
  if (service === null) throw new AppError("engine_error", t("actions.error.noSpec", { name: found.name }));
  const tasks = await tasksOf(ctx, found.id);
  return {
    service,
    labels: labelsOf(found.value.Spec?.Labels),
    spec: specInWords(found.value.Spec ?? {}, await networkNames(ctx, found.value)),
    version: found.value.Version?.Index ?? 0,
    tasks: await mapAttempts(ctx, tasks, found.value),
    selfWarning: selfServiceWarning(service, ctx.self(), "scale") ?? agentsServiceWarning(found.value),
  };
}

/** `NAME=value` of the service's containers, as written. */
export async function serviceEnv(ctx: ActionContext, ref: string): Promise<readonly string[]> {
  const found = await findService(ctx, ref);
  const env = found.value.Spec?.TaskTemplate?.ContainerSpec?.Env;
  return Array.isArray(env) ? env.filter((line) => typeof line === "string") : [];
}

/** The engine's own JSON text, unchanged. */
export async function serviceRaw(ctx: ActionContext, ref: string): Promise<string> {
  return (await findService(ctx, ref)).text;
}

/** One node with its tasks of now and the facts only its own page shows. */
export async function nodeDetail(ctx: ActionContext, ref: string): Promise<NodeDetail> {
  const found = await findNode(ctx, ref);
  const node = nodeView(ctx, found.value);
  if (node === null) throw new AppError("engine_error", t("actions.error.noSpec", { name: found.name }));
  const { tasks } = ctx.model();
  return {
    node,
    tasks: Object.values(tasks).filter((task) => task.nodeId === node.id),
    plugins: pluginsOf(found.value),
    tlsIssuer: issuerName(found.value.Description?.TLSInfo?.CertIssuerSubject),
    selfWarning:
      selfNodeWarning(ctx.model(), node, ctx.self(), "drain") ??
      selfNodeWarning(ctx.model(), node, ctx.self(), "demote"),
  };
}

/** One task with the other attempts of its slot, newest first. */
export async function taskDetail(ctx: ActionContext, id: string): Promise<TaskDetail> {
  let wire: WireTask;
  try {
    wire = await ctx.manager().get<WireTask>(objectPath("task", id));
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") throw notFound("task", id, error);
    throw error;
  }
  // Docker also answers to the start of an id.
  if (wire.ID !== id) throw notFound("task", id);
  const serviceId = textOf(wire.ServiceID);
  const service = await ctx.manager().get<WireService>(objectPath("service", serviceId));
  const attempts = await mapAttempts(ctx, await tasksOf(ctx, serviceId), service);
  const task = attempts.find((attempt) => attempt.id === id);
  if (!task) throw notFound("task", id);
  const samePlace = attempts.filter((attempt) =>
    task.slot === null ? attempt.nodeId === task.nodeId : attempt.slot === task.slot,
  );
  return { task, attempts: samePlace.filter((attempt) => attempt.id !== id) };
}

function tasksOf(ctx: ActionContext, serviceId: string): Promise<readonly WireTask[]> {
  return ctx.manager().get<readonly WireTask[]>("/tasks", { query: { filters: { service: [serviceId] } } });
}

/** Networks are referred to by id; the page wants names. An engine that does not say leaves the ids. */
async function networkNames(ctx: ActionContext, service: WireService): Promise<ReadonlyMap<string, string>> {
  const targets = listOf(service.Spec?.TaskTemplate?.Networks).map((network) => textOf(network?.Target));
  if (targets.length === 0) return new Map();
  try {
    const networks = await ctx
      .manager()
      .get<readonly { Id?: string; Name?: string }[]>("/networks", { query: { filters: { id: targets } } });
    return new Map(networks.map((network) => [textOf(network.Id), textOf(network.Name)]));
  } catch (error) {
    if (isAppError(error)) return new Map();
    throw error;
  }
}

function pluginsOf(node: WireNode): readonly string[] {
  const plugins = listOf(node.Description?.Engine?.Plugins);
  return plugins.map((plugin) => `${textOf(plugin?.Type)}: ${textOf(plugin?.Name)}`).sort();
}

/** The common name out of the certificate issuer's DER bytes (base64); null when there is none to read. */
function issuerName(subject: unknown): string | null {
  const der = Buffer.from(textOf(subject, 10_000), "base64");
  // 2.5.4.3 commonName as an object identifier, then a string: type byte, length byte, text.
  const at = der.indexOf(Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03]));
  if (at < 0) return null;
  const length = der[at + 6] ?? 0;
  return textOrNull(der.subarray(at + 7, at + 7 + length).toString("utf8"));
}
