import { containerLabels, containerName } from "../world/containers.ts";
import { networksOf } from "../world/networks.ts";
import { type ContainerBody, isUp, type SimContainer } from "../world/objects.ts";
import { containerJson } from "./container-json.ts";
import { containerOf } from "./container-lookup.ts";
import { containerRow, statusOf } from "./container-row.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { isYes, parseBody, Refusal } from "./refusal.ts";
import { type Answer, type Call, done, type Route } from "./route.ts";
import { sendStats } from "./stats-json.ts";
import { pidOf } from "./swarm-json.ts";
import { volumesOf } from "./volume-users.ts";

const known = [
  "ancestor", "before", "exited", "expose", "health", "id", "is-task", "isolation", "label", "name", "network", "publish", "since", "status", "volume",
]; // biome-ignore format: a list
const states = ["created", "restarting", "running", "removing", "paused", "exited", "dead"];

function listContainers({ world, engine, profile, query }: Call): Answer {
  const filters = parseFilters(query.get("filters"), known, 500);
  const bad = (filters.status ?? []).find((each) => !states.includes(each));
  if (bad !== undefined) throw new Refusal(400, `Invalid filter 'status=${bad}'`);
  const all = isYes(query.get("all")) || (filters.status ?? []).length > 0;
  const found = [...engine.containers.values()].filter(
    (each) =>
      (all || isUp(each)) &&
      anyOf(filters.status, (wanted) => statusOf(each) === wanted) &&
      anyOf(filters.id, (wanted) => each.id.startsWith(wanted)) &&
      anyOf(filters.name, (wanted) => containerName(each).includes(wanted.replace(/^[/^]+|\$$/g, ""))) &&
      anyOf(filters.health, (wanted) => each.health === wanted) &&
      anyOf(filters.ancestor, (wanted) => engine.image(wanted) === engine.image(each.image)) &&
      anyOf(filters["is-task"], (wanted) => isYes(wanted) === (each.task !== null)) &&
      anyOf(filters.volume, (wanted) => volumesOf(each).includes(wanted)) &&
      anyOf(filters.exited, (wanted) => statusOf(each) === "exited" && each.exitCode === Number(wanted)) &&
      anyOf(filters.network, (wanted) =>
        networksOf(world, each).some(({ id, name }) => id === wanted || name === wanted),
      ) &&
      hasLabels(containerLabels(each), filters.label),
  );
  const newest = found.reverse();
  const limit = Number(query.get("limit") ?? 0);
  const size = isYes(query.get("size"));
  return {
    json: (limit > 0 ? newest.slice(0, limit) : newest).map((each) =>
      containerRow(world, each, profile, { size }),
    ),
  };
}

function checkName({ engine }: Call, name: string, wordsBefore = ""): void {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    const shown = wordsBefore === "" ? name : `/${name}`;
    throw new Refusal(
      400,
      `${wordsBefore}Invalid container name (${shown}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    );
  }
  const other = [...engine.containers.values()].find((each) => containerName(each) === name);
  if (!other) return;
  const text = `The container name "/${name}" is already in use by container "${other.id}".`;
  throw new Refusal(
    409,
    `${wordsBefore}Conflict. ${text} You have to remove (or rename) that container to be able to reuse that name.`,
  );
}

const adjectives = ["brave", "calm", "eager", "gentle", "keen", "lucid", "quiet", "swift"];
const nouns = ["bohr", "curie", "darwin", "euler", "hopper", "lovelace", "noether", "turing"];

function createContainer(call: Call): Answer {
  const { world, engine, hands, body, query } = call;
  const asked = parseBody<ContainerBody>(body, 500);
  if (Object.keys(asked).length === 0 || !asked.Image)
    throw new Refusal(400, "Config cannot be empty in order to create a container");
  if (!engine.image(asked.Image))
    throw new Refusal(
      404,
      `No such image: ${/:[^/]+$|@/.test(asked.Image) ? asked.Image : `${asked.Image}:latest`}`,
    );
  const pick = (words: readonly string[]) => words[Math.floor(world.random.between(0, words.length))] ?? "";
  const name =
    query.get("name") ?? `${pick(adjectives)}_${pick(nouns)}${Math.floor(world.random.between(0, 1_000))}`;
  checkName(call, name);
  const container = hands.create(engine.nodeId, name, asked);
  for (const volume of volumesOf(container)) {
    if (engine.volumes.has(volume) || volume === "") continue;
    engine.volumes.set(volume, {
      name: volume,
      createdAt: world.now,
      labels: null,
      options: null,
      isAnonymous: false,
    });
    world.emit("volume", "create", volume, { driver: "local" }, engine.nodeId);
  }
  return { json: { Id: container.id, Warnings: [] }, status: 201 };
}

function startContainer(call: Call): Answer {
  const container = containerOf(call);
  if (isUp(container)) {
    if (container.paused) throw new Refusal(409, "cannot start a paused container, try unpause instead");
    return { status: 304 };
  }
  const error = call.hands.start(container);
  if (error !== null) throw new Refusal(400, error);
  return done;
}

function stopContainer(call: Call): Answer {
  const container = containerOf(call);
  if (!isUp(container)) return { status: 304 };
  call.hands.stop(container);
  return done;
}

function restartContainer(call: Call): Answer {
  const error = call.hands.restart(containerOf(call));
  if (error !== null) throw new Refusal(400, error);
  return done;
}

const signals: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  TERM: 15,
  CONT: 18,
  STOP: 19,
  WINCH: 28,
};

function killContainer(call: Call): Answer {
  const { query, hands, profile } = call;
  const asked = (query.get("signal") ?? "KILL").toUpperCase().replace(/^SIG/, "");
  const signal = /^\d+$/.test(asked) ? Number(asked) : signals[asked];
  if (signal === undefined) {
    const words = profile.speaksAs26 ? `cannot kill container: ${call.ref}: invalid` : "Invalid";
    throw new Refusal(400, `${words} signal: ${query.get("signal")}`);
  }
  const container = containerOf(call, `Cannot kill container: ${call.ref}: `);
  if (!isUp(container)) {
    throw new Refusal(409, `Cannot kill container: ${call.ref}: Container ${container.id} is not running`);
  }
  hands.kill(container, signal);
  return done;
}

function pauseContainer(call: Call, paused: boolean): Answer {
  const container = containerOf(call);
  if (paused && !isUp(container)) throw new Refusal(409, `Container ${container.id} is not running`);
  if (paused && container.paused) throw new Refusal(409, `Container ${container.id} is already paused`);
  if (!paused && !container.paused) throw new Refusal(500, `Container ${container.id} is not paused`);
  call.hands.pause(container, paused);
  return done;
}

function renameContainer(call: Call): Answer {
  const { query, hands } = call;
  const container = containerOf(call);
  const name = query.get("name") ?? "";
  if (name === "") throw new Refusal(400, "Neither old nor new names may be empty");
  if (name === containerName(container))
    throw new Refusal(400, "Renaming a container with the same name as its current name");
  checkName(call, name, "Error when allocating new name: ");
  hands.rename(container, name);
  return done;
}

function removeContainer(call: Call): Answer {
  const container = containerOf(call);
  if (isUp(container) && !isYes(call.query.get("force"))) {
    if (call.profile.speaksAs26) {
      const what = container.paused ? "paused: unpause and then stop" : "running: stop";
      throw new Refusal(
        409,
        `cannot remove container "/${containerName(container)}": container is ${what} the container before removing or force remove`,
      );
    }
    const how = container.paused ? "Unpause and then stop" : "Stop";
    throw new Refusal(
      409,
      `You cannot remove a ${container.paused ? "paused" : "running"} container ${container.id}. ${how} the container before attempting removal or force remove`,
    );
  }
  call.hands.remove(container);
  return done;
}

function pruneContainers({ engine, hands, query }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["label", "label!", "until"]);
  const ended = [...engine.containers.values()].filter(
    (each) => !isUp(each) && hasLabels(containerLabels(each), filters.label),
  );
  for (const each of ended) hands.remove(each);
  return {
    json: {
      ContainersDeleted: ended.length > 0 ? ended.map(({ id }) => id) : null,
      SpaceReclaimed: 8_192 * ended.length,
    },
  };
}

function mustRun(container: SimContainer): void {
  if (!isUp(container)) throw new Refusal(409, `Container ${container.id} is not running`);
}

function top(call: Call): Answer {
  const { world, engine } = call;
  const container = containerOf(call);
  mustRun(container);
  const pid = pidOf(container);
  const since = new Date(container.startedAt).toISOString().slice(11, 16);
  const row = (own: number, parent: number, command: string) => [
    "root",
    String(own),
    String(parent),
    "0",
    since,
    "?",
    "00:00:01",
    command,
  ];
  const execs = [...engine.execs.values()].filter(
    (each) => each.container === container && each.state === "running",
  );
  const spec = container.task?.template.ContainerSpec;
  const command = [
    ...(spec?.Command ?? container.body?.Entrypoint ?? []),
    ...(spec?.Args ?? container.body?.Cmd ?? []),
  ].join(" ");
  return {
    json: {
      Processes: [
        row(pid, 1, command || world.workloadOf(container.image).program || "/bin/app"),
        ...execs.map((each) => row(each.pid, pid, each.command.join(" "))),
      ],
      Titles: ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"],
    },
  };
}

export const containerRoutes: readonly Route[] = [
  { method: "GET", path: "/containers/json", handle: listContainers },
  { method: "POST", path: "/containers/create", handle: createContainer },
  { method: "POST", path: "/containers/prune", handle: pruneContainers },
  {
    method: "GET",
    path: "/containers/{ref}/json",
    handle: (call) => ({ json: containerJson(call.world, containerOf(call), call.profile) }),
  },
  { method: "GET", path: "/containers/{ref}/stats", handle: (call) => sendStats(call, containerOf(call)) },
  { method: "GET", path: "/containers/{ref}/top", handle: top },
  {
    method: "GET",
    path: "/containers/{ref}/changes",
    handle: (call) => {
      containerOf(call);
      return { json: "null" };
    },
  },
  { method: "POST", path: "/containers/{ref}/start", handle: startContainer },
  { method: "POST", path: "/containers/{ref}/stop", handle: stopContainer },
  { method: "POST", path: "/containers/{ref}/restart", handle: restartContainer },
  { method: "POST", path: "/containers/{ref}/kill", handle: killContainer },
  { method: "POST", path: "/containers/{ref}/pause", handle: (call) => pauseContainer(call, true) },
  { method: "POST", path: "/containers/{ref}/unpause", handle: (call) => pauseContainer(call, false) },
  { method: "POST", path: "/containers/{ref}/rename", handle: renameContainer },
  { method: "DELETE", path: "/containers/{ref}", handle: removeContainer },
];
