import { isYes, outOfSequence, parseBody, Refusal, versionOf } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { swarmJson } from "./swarm-json.ts";

function updateSwarm({ world, query, body }: Call): Answer {
  const { settings } = world;
  const spec = parseBody<
    Record<string, unknown> & { Orchestration?: { TaskHistoryRetentionLimit?: unknown } }
  >(body);
  if (versionOf(query, "swarm") !== settings.index) throw outOfSequence();
  settings.spec = { Name: "default", Labels: {}, ...spec };
  const limit = spec.Orchestration?.TaskHistoryRetentionLimit;
  if (typeof limit === "number") settings.taskHistoryLimit = limit;
  if (isYes(query.get("rotateWorkerToken"))) settings.workerToken = world.token();
  if (isYes(query.get("rotateManagerToken"))) settings.managerToken = world.token();
  if (isYes(query.get("rotateManagerUnlockKey"))) settings.unlockKey = world.unlockKey();
  world.touch(settings);
  return null;
}

function unlockKey({ world }: Call): Answer {
  const { spec, unlockKey: key } = world.settings;
  const { AutoLockManagers } = (spec.EncryptionConfig ?? {}) as { AutoLockManagers?: unknown };
  return { json: { UnlockKey: AutoLockManagers === true ? key : "" } };
}

function alreadyIn(): never {
  throw new Refusal(
    503,
    'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.',
  );
}

function leave({ node, world, swarm, query }: Call): Answer {
  if (!node) throw new Refusal(503, "This node is not part of a swarm");
  const managers = [...world.nodes.values()].filter((each) => each.spec.Role === "manager").length;
  if (node.spec.Role === "manager" && !isYes(query.get("force"))) {
    const last =
      "Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message.";
    const other =
      "The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. Use `--force` to suppress this message.";
    throw new Refusal(
      503,
      `You are attempting to leave the swarm on a node that is participating as a manager. ${managers === 1 ? last : other}`,
    );
  }
  if (managers === 1 && node.spec.Role === "manager")
    throw new Refusal(503, "the last manager of a simulated swarm stays");
  swarm.loseNode(node);
  return null;
}

export const swarmRoutes: readonly Route[] = [
  { method: "GET", path: "/swarm", isSwarm: true, handle: ({ world }) => ({ json: swarmJson(world) }) },
  { method: "GET", path: "/swarm/unlockkey", isSwarm: true, handle: unlockKey },
  { method: "POST", path: "/swarm/update", isSwarm: true, handle: updateSwarm },
  { method: "POST", path: "/swarm/init", handle: alreadyIn },
  { method: "POST", path: "/swarm/join", handle: alreadyIn },
  { method: "POST", path: "/swarm/leave", handle: leave },
  {
    method: "POST",
    path: "/swarm/unlock",
    handle: () => {
      throw new Refusal(409, "swarm is not locked");
    },
  },
];
