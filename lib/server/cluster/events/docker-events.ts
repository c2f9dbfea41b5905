import type { DockerEvent } from "#lib/server/docker/wire.ts";
import type { EventDraft, EventKind, EventSeverity } from "#lib/shared/events/types.ts";
import { type DraftContext, draftOf, eventTime } from "./draft.ts";

/** The node whose engine said it; null outside of a swarm. */
type Speaker = { readonly id: string; readonly name: string } | null;

const containerActions: Readonly<Record<string, EventSeverity>> = {
  start: "info",
  die: "info",
  oom: "bad",
  pause: "info",
  unpause: "info",
  destroy: "info",
};
const objectKinds: ReadonlySet<string> = new Set(["network", "secret", "config"] satisfies EventKind[]);
const objectActions: ReadonlySet<string> = new Set(["create", "update", "remove"]);
/** Most tasks whose failing check is remembered, to tell that they are well again. */
const mostUnhealthy = 5_000;

/**
 * Makes events of what engines say by themselves and no picture shows: containers beside the tasks, memory that ran
 * out, health checks that turn, and networks, secrets and configs. Services, nodes and tasks are told by the picture.
 */
export function createDockerEvents(): (
  event: DockerEvent,
  speaker: Speaker,
  context: DraftContext,
) => EventDraft | null {
  const unhealthy = new Set<string>();

  function healthChange(taskId: string, word: string | undefined): string | null {
    if (word === "unhealthy") {
      if (unhealthy.has(taskId)) return null;
      if (unhealthy.size >= mostUnhealthy) unhealthy.clear();
      unhealthy.add(taskId);
      return "unhealthy";
    }
    // Every start becomes healthy some time; only after trouble that is news.
    return word === "healthy" && unhealthy.delete(taskId) ? "healthy" : null;
  }

  function ofTask({ Action, Actor, timeMs }: DockerEvent, speaker: Speaker, now: number): EventDraft | null {
    const label = (name: string) => Actor.Attributes[`com.docker.swarm.${name}`] ?? "";
    const taskId = label("task.id");
    const [word, health] = Action.split(":").map((part) => part.trim());
    if (word === "destroy") unhealthy.delete(taskId);
    const action = word === "health_status" ? healthChange(taskId, health) : word === "oom" ? "oom" : null;
    if (action === null) return null;
    const serviceName = label("service.name");
    // `web_api.3.xyz…`: what Docker calls it, without the id.
    const name = label("task.name").split(".").slice(0, -1).join(".") || serviceName;
    const stack = Actor.Attributes["com.docker.stack.namespace"] ?? null;
    return draftOf({
      at: eventTime(timeMs, now),
      kind: "task",
      action,
      severity: action === "oom" ? "bad" : action === "unhealthy" ? "warn" : "info",
      objectId: taskId,
      objectName: name.slice(0, 255),
      service: { id: label("service.id"), name: serviceName, stack },
      node: speaker,
      taskId,
    });
  }

  function ofContainer(event: DockerEvent, speaker: Speaker, now: number): EventDraft | null {
    const { Action, Actor, timeMs } = event;
    const severity = containerActions[Action];
    if (severity === undefined) return null;
    const exit = Number(Actor.Attributes.exitCode);
    const failed = Action === "die" && exit !== 0;
    return draftOf({
      at: eventTime(timeMs, now),
      kind: "container",
      action: Action,
      severity: failed ? "warn" : severity,
      objectId: Actor.ID.slice(0, 12),
      objectName: (Actor.Attributes.name ?? Actor.ID.slice(0, 12)).slice(0, 255),
      node: speaker,
      facts: Action === "die" && Number.isInteger(exit) ? { exitCode: exit } : {},
    });
  }

  return (event, speaker, { now }) => {
    const { Type, Action, Actor, scope, timeMs } = event;
    if (Type === "container") {
      const isTask = Actor.Attributes["com.docker.swarm.task.id"] !== undefined;
      return isTask ? ofTask(event, speaker, now) : ofContainer(event, speaker, now);
    }
    if (!objectKinds.has(Type) || !objectActions.has(Action) || scope !== "swarm") return null;
    return draftOf({
      at: eventTime(timeMs, now),
      kind: Type as EventKind,
      action: Action,
      objectId: Actor.ID,
      objectName: (Actor.Attributes.name ?? Actor.ID).slice(0, 255),
    });
  };
}
