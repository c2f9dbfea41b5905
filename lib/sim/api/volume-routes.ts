import type { Profile } from "../profiles/profile.ts";
import type { SimVolume } from "../world/objects.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { isYes, parseBody, Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { time } from "./swarm-json.ts";
import { usersOf, volumesOf } from "./volume-users.ts";

const options = ["type", "o", "device", "size"];

export function volumeJson(volume: SimVolume, { speaksAs26 }: Profile): object {
  const { name, createdAt, labels, options: given, isAnonymous } = volume;
  return {
    CreatedAt: time(createdAt),
    Driver: "local",
    Labels: isAnonymous && speaksAs26 ? { ...labels, "com.docker.volume.anonymous": "" } : labels,
    Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
    Name: name,
    Options: given,
    Scope: "local",
  };
}

function volumeOf({ engine, ref }: Call): SimVolume {
  const found = engine.volumes.get(ref);
  if (!found) throw new Refusal(404, `get ${ref}: no such volume`);
  return found;
}

function listVolumes({ engine, query, profile }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["name", "label", "driver", "dangling"]);
  const found = [...engine.volumes.values()].filter(
    ({ name, labels }) =>
      anyOf(filters.name, (wanted) => name.includes(wanted)) &&
      anyOf(filters.driver, (wanted) => wanted === "local") &&
      anyOf(filters.dangling, (wanted) => isYes(wanted) === (usersOf(engine, name) === 0)) &&
      hasLabels(labels, filters.label),
  );
  return { json: { Volumes: found.map((each) => volumeJson(each, profile)), Warnings: null } };
}

interface VolumeBody {
  readonly Name?: string;
  readonly Driver?: string;
  readonly Labels?: Record<string, string> | null;
  readonly DriverOpts?: Record<string, string> | null;
}

function createVolume({ world, engine, body, profile }: Call): Answer {
  const { Name = "", Driver = "local", Labels = null, DriverOpts = null } = parseBody<VolumeBody>(body);
  const known = engine.volumes.get(Name);
  if (known) return { json: volumeJson(known, profile), status: 201 };
  if (Driver !== "" && Driver !== "local") {
    throw new Refusal(
      404,
      `create ${Name}: error looking up volume plugin ${Driver}: plugin "${Driver}" not found`,
    );
  }
  if (Name !== "" && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(Name)) {
    throw new Refusal(
      400,
      `create ${Name}: "${Name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
  }
  const bad = Object.keys(DriverOpts ?? {}).find((key) => !options.includes(key));
  if (bad !== undefined) throw new Refusal(400, `create ${Name}: invalid option: "${bad}"`);
  const isAnonymous = Name === "";
  const volume = {
    name: isAnonymous ? world.random.hex() : Name,
    createdAt: world.now,
    labels: Labels,
    options: DriverOpts,
    isAnonymous,
  };
  engine.volumes.set(volume.name, volume);
  world.emit("volume", "create", volume.name, { driver: "local" }, engine.nodeId);
  return { json: volumeJson(volume, profile), status: 201 };
}

function removeVolume(call: Call): Answer {
  const { world, engine } = call;
  const { name } = volumeOf(call);
  const users = [...engine.containers.values()].filter((each) => volumesOf(each).includes(name));
  if (users.length > 0) {
    const ids = users.map(({ id }) => id).join(", ");
    throw new Refusal(409, `remove ${name}: volume is in use - [${ids}]`);
  }
  engine.volumes.delete(name);
  world.emit("volume", "destroy", name, { driver: "local" }, engine.nodeId);
  return { status: 204 };
}

function pruneVolumes({ world, engine, profile, query }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["label", "label!", "all"]);
  const all = !profile.prunesAnonymousOnly || (filters.all ?? []).some((each) => isYes(each));
  const unused = [...engine.volumes.values()].filter(
    (volume) =>
      (all || volume.isAnonymous) &&
      usersOf(engine, volume.name) === 0 &&
      hasLabels(volume.labels, filters.label),
  );
  for (const { name } of unused) {
    engine.volumes.delete(name);
    world.emit("volume", "destroy", name, { driver: "local" }, engine.nodeId);
  }
  return {
    json: {
      VolumesDeleted: unused.length > 0 ? unused.map(({ name }) => name) : null,
      SpaceReclaimed: unused.length * 81_920,
    },
  };
}

export const volumeRoutes: readonly Route[] = [
  { method: "GET", path: "/volumes", handle: listVolumes },
  { method: "POST", path: "/volumes/create", handle: createVolume },
  { method: "POST", path: "/volumes/prune", handle: pruneVolumes },
  {
    method: "GET",
    path: "/volumes/{ref}",
    handle: (call) => ({ json: volumeJson(volumeOf(call), call.profile) }),
  },
  { method: "DELETE", path: "/volumes/{ref}", handle: removeVolume },
];
