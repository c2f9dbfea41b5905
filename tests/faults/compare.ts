import type { ClusterModel, TaskView } from "#lib/shared/model/types.ts";
import { at, type Raw, type Truth, textAt, timeAt } from "./raw-engine.ts";

/** What a page knows: its live model, and the lists it asks for. */
export interface Known {
  readonly model: ClusterModel;
  readonly networks: readonly Listed[];
  readonly secrets: readonly Listed[];
  readonly configs: readonly Listed[];
  readonly containers: readonly ListedContainer[];
}

export interface Listed {
  readonly id: string;
  readonly name: string;
}

export interface ListedContainer {
  readonly id: string;
  readonly state: string;
  readonly node: { readonly id: string } | string | null;
}

/** Every difference between a full read and what a page knows, each as a sentence. None: they are the same. */
export function differences(truth: Truth, known: Known): string[] {
  const { model } = known;
  return [
    ...ofInfo(model),
    ...compareAll("node", truth.nodes.map((raw) => nodeOf(raw, truth.containers)), model.nodes),
    ...compareAll("service", truth.services.map(serviceOf), model.services),
    ...compareTasks(truth, model),
    ...compareNames("network", truth.networks.filter((raw) => raw.Scope === "swarm").map(({ Id, Name }) => ({ id: String(Id), name: String(Name) })), known.networks),
    ...compareNames("secret", truth.secrets.map(fileOf), known.secrets),
    ...compareNames("config", truth.configs.map(fileOf), known.configs),
    ...compareContainers(truth, known.containers),
  ]; // biome-ignore format: one kind a line
}

type Fields = Readonly<Record<string, unknown>> & { readonly id: string };

function ofInfo({ info }: ClusterModel): string[] {
  const said: string[] = [];
  if (info.phase !== "ready") said.push(`the cluster is said to be "${info.phase}"`);
  if (info.staleSince !== null) said.push("the picture is said to be stale");
  for (const link of info.links) if (!link.ok) said.push(`${link.id} is said to be lost: ${link.error}`);
  return said;
}

function nodeOf(raw: Raw, linked: ReadonlyMap<string, unknown>): Fields {
  const isManager = at(raw, "ManagerStatus") !== undefined;
  return {
    id: textAt(raw, "ID"),
    name: textAt(raw, "Description", "Hostname"),
    role: textAt(raw, "Spec", "Role"),
    availability: textAt(raw, "Spec", "Availability"),
    state: textAt(raw, "Status", "State"),
    stateMessage: textAt(raw, "Status", "Message"),
    leader: at(raw, "ManagerStatus", "Leader") === true,
    reachability: isManager ? textAt(raw, "ManagerStatus", "Reachability") : null,
    address: textAt(raw, "Status", "Addr"),
    labels: at(raw, "Spec", "Labels") ?? {},
    linked: linked.has(textAt(raw, "ID")),
    createdAt: timeAt(raw, "CreatedAt"),
    updatedAt: timeAt(raw, "UpdatedAt"),
  };
}

function serviceOf(raw: Raw): Fields {
  const replicas = at(raw, "Spec", "Mode", "Replicated", "Replicas");
  const [name = "", tag = ""] = splitImage(textAt(raw, "Spec", "TaskTemplate", "ContainerSpec", "Image"));
  return {
    id: textAt(raw, "ID"),
    name: textAt(raw, "Spec", "Name"),
    stack: textAt(raw, "Spec", "Labels", "com.docker.stack.namespace") || null,
    mode: at(raw, "Spec", "Mode", "Global") === undefined ? "replicated" : "global",
    replicas: typeof replicas === "number" ? replicas : null,
    desiredTasks: at(raw, "ServiceStatus", "DesiredTasks"),
    "image.name": name,
    "image.tag": tag,
    "update.state": textAt(raw, "UpdateStatus", "State") || undefined,
    "update.message": at(raw, "UpdateStatus", "Message"),
    createdAt: timeAt(raw, "CreatedAt"),
    updatedAt: timeAt(raw, "UpdatedAt"),
  };
}

function splitImage(image: string): readonly string[] {
  const colon = image.lastIndexOf(":");
  return [image.slice(0, colon), image.slice(colon + 1)];
}

const fileOf = (raw: Raw): Listed => ({ id: textAt(raw, "ID"), name: textAt(raw, "Spec", "Name") });

/** The same ids on both sides, and for each id equal fields. */
function compareAll(
  kind: string,
  expected: readonly Fields[],
  shown: Readonly<Record<string, object>>,
): string[] {
  const ids = new Set(expected.map(({ id }) => id));
  return [
    ...expected.flatMap((fields) => {
      const entity = shown[fields.id];
      const label = `${kind} ${String(fields.name ?? fields.id)}`;
      return entity === undefined ? [`${label} is missing`] : compareFields(label, fields, entity);
    }),
    ...Object.keys(shown)
      .filter((id) => !ids.has(id))
      .map((id) => `${kind} ${id} is shown and does not exist`),
  ];
}

function compareFields(label: string, expected: Fields, shown: object): string[] {
  return Object.entries(expected).flatMap(([path, value]) => {
    const seen = at(shown, ...path.split("."));
    const [is, told] = [JSON.stringify(value), JSON.stringify(seen)];
    return is === told ? [] : [`${label}: ${path} is ${is}, shown as ${told}`];
  });
}

const overStates = new Set(["complete", "shutdown", "failed", "rejected", "remove", "orphaned"]);

/** Every task that is not over is shown; of those that are over only the newest of a place where nothing runs. */
function compareTasks(truth: Truth, model: ClusterModel): string[] {
  const byId = new Map(truth.tasks.map((raw) => [textAt(raw, "ID"), raw]));
  const said: string[] = [];
  for (const [id, raw] of byId) {
    const shown = model.tasks[id];
    if (shown) said.push(...compareFields(`task ${id}`, taskOf(raw, truth, shown), shown));
    else if (!isOver(raw) && isOfService(raw, truth))
      said.push(`task ${id} (${textAt(raw, "Status", "State")}) is missing`);
  }
  for (const task of Object.values(model.tasks)) {
    if (!byId.has(task.id)) said.push(`task ${task.id} is shown and does not exist`);
    else if (overStates.has(task.state)) said.push(...wronglyShown(task, truth));
  }
  return said;
}

const isOver = (raw: Raw) => overStates.has(textAt(raw, "Status", "State"));
/** Those of a service that was removed go with it, but for a moment. */
const isOfService = (raw: Raw, { services }: Truth) =>
  services.some((service) => service.ID === raw.ServiceID);

function wronglyShown(task: TaskView, { tasks }: Truth): string[] {
  const own = tasks.find(({ ID }) => ID === task.id) ?? {};
  const replaced = tasks.some(
    (raw) =>
      raw.ServiceID === task.serviceId &&
      placeOf(raw) === placeOf(own) &&
      textAt(raw, "Status", "State") === "running",
  );
  return replaced ? [`task ${task.id} (${task.state}) is over, and shown where another one runs`] : [];
}

const placeOf = (raw: Raw) =>
  typeof raw.Slot === "number" ? `slot ${raw.Slot}` : `node ${String(raw.NodeID)}`;

function taskOf(raw: Raw, truth: Truth, shown: TaskView): Fields {
  const state = textAt(raw, "Status", "State");
  const containerId = textAt(raw, "Status", "ContainerStatus", "ContainerID");
  return {
    id: textAt(raw, "ID"),
    serviceId: textAt(raw, "ServiceID"),
    slot: raw.Slot ?? null,
    nodeId: raw.NodeID ?? null,
    state,
    desired: textAt(raw, "DesiredState"),
    since: timeAt(raw, "Status", "Timestamp"),
    createdAt: timeAt(raw, "CreatedAt"),
    message: textAt(raw, "Status", "Message"),
    error: textAt(raw, "Status", "Err") || null,
    exitCode:
      overStates.has(state) && containerId !== "" ? at(raw, "Status", "ContainerStatus", "ExitCode") : null,
    containerId: containerId.slice(0, 12) || null,
    imageTag: splitImage(textAt(raw, "Spec", "ContainerSpec", "Image"))[1],
    health: state === "running" ? healthOf(raw, truth, containerId) : shown.health,
  };
}

/** As the task's own engine says it; `unseen` where Shoal does not hear it. */
function healthOf(task: Raw, { containers }: Truth, containerId: string): string {
  const rows = containers.get(textAt(task, "NodeID"));
  if (!rows) return "unseen";
  const status = textAt(
    rows.find(({ Id }) => Id === containerId),
    "Status",
  );
  const word = /\((healthy|unhealthy|health: starting)\)/.exec(status)?.[1];
  return word === undefined ? "none" : word.replace("health: ", "");
}

function compareNames(kind: string, expected: readonly Listed[], shown: readonly Listed[]): string[] {
  const byId = (list: readonly Listed[]) =>
    Object.fromEntries(list.map(({ id, name }) => [id, { id, name }]));
  return compareAll(kind, Object.values(byId(expected)), byId(shown));
}

function compareContainers({ containers }: Truth, shown: readonly ListedContainer[]): string[] {
  const expected = [...containers.values()].flat().map((row) => ({ id: textAt(row, "Id"), state: textAt(row, "State") })); // biome-ignore format: one row
  return compareAll("container", expected, Object.fromEntries(shown.map((row) => [row.id, row])));
}
