import type { Profile } from "../profiles/profile.ts";
import { type EngineState, withTag } from "../world/engine-state.ts";
import { isUp, type SimImage } from "../world/objects.ts";
import { badReference } from "../world/registry.ts";
import { anyOf, parseFilters } from "./filters.ts";
import { imageJson } from "./image-json.ts";
import { pullImage } from "./image-pull.ts";
import { isYes, Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";

/** A quarter of an image is a base that others have, too. */
const sharedPart = 4;

const usersOf = (engine: EngineState, image: SimImage) =>
  [...engine.containers.values()].filter((each) => engine.image(each.image) === image);

/** A row of /images/json, or of /system/df, which alone counts containers and shared bytes. */
export function imageRow(engine: EngineState, image: SimImage, profile: Profile, isCounted: boolean): object {
  const { id, createdAt, size, tags, digests } = image;
  const noTags = profile.hasVirtualSize ? ["<none>:<none>"] : [];
  return {
    Containers: isCounted ? usersOf(engine, image).length : -1,
    Created: Math.floor(createdAt / 1000),
    Id: id,
    Labels: null,
    ParentId: "",
    RepoDigests: digests.size > 0 || profile.speaksAs26 ? [...digests] : null,
    RepoTags: tags.size > 0 ? [...tags] : noTags,
    SharedSize: isCounted ? Math.floor(size / sharedPart) : -1,
    Size: size,
    ...(profile.hasVirtualSize && { VirtualSize: size }),
  };
}

function imageOf({ engine, ref }: Pick<Call, "engine" | "ref">, words?: (name: string) => string): SimImage {
  const bad = badReference(ref);
  if (bad !== null && !/^sha256:/.test(ref))
    throw new Refusal(400, words ? `no such image: ${ref}: ${bad}` : bad);
  const found = engine.image(ref);
  if (!found) throw new Refusal(404, words ? words(withTag(ref)) : `No such image: ${withTag(ref)}`);
  return found;
}

function listImages({ engine, query, profile }: Call): Answer {
  const known = ["dangling", "label", "before", "since", "reference", "until"];
  const filters = parseFilters(query.get("filters"), known);
  const found = [...engine.images.values()].filter(
    ({ tags }) =>
      anyOf(filters.dangling, (wanted) => isYes(wanted) === (tags.size === 0)) &&
      anyOf(filters.reference, (wanted) =>
        [...tags].some((tag) => tag === wanted || tag.split(":")[0] === wanted),
      ),
  );
  const isCounted = isYes(query.get("shared-size"));
  return { json: found.map((image) => imageRow(engine, image, profile, isCounted)) };
}

function historyOf({ id, createdAt, size, tags }: SimImage): object[] {
  const created = Math.floor(createdAt / 1000);
  const layer = (text: string, part: number) => ({
    Comment: "",
    Created: created,
    CreatedBy: text,
    Id: "<missing>",
    Size: Math.floor(size * part),
    Tags: null,
  });
  const names = tags.size > 0 ? [...tags] : null;
  if (names?.some((name) => name.startsWith("lab/"))) {
    return [{ ...layer("", 1), Comment: "Imported from -", Id: id, Tags: names }];
  }
  return [
    { ...layer('/bin/sh -c #(nop)  CMD ["app"]', 0), Id: id, Tags: names },
    layer("/bin/sh -c #(nop) COPY dir:app in /app", 0.35),
    layer("/bin/sh -c apk add --no-cache ca-certificates", 0.4),
    layer("/bin/sh -c #(nop) ADD file:rootfs in /", 0.25),
  ];
}

function tagImage(call: Call): Answer {
  const { query, engine, world } = call;
  const repo = query.get("repo") ?? "";
  const name = `${repo}:${query.get("tag") || "latest"}`;
  const image = imageOf(call);
  const bad = badReference(repo);
  if (bad !== null) throw new Refusal(500, bad);
  for (const other of engine.images.values()) other.tags.delete(name);
  image.tags.add(name);
  world.emit("image", "tag", image.id, { name }, engine.nodeId);
  return { status: 201 };
}

function removeImage(call: Call): Answer {
  const { engine, world, ref, query } = call;
  const image = imageOf(call);
  const isForced = isYes(query.get("force"));
  const isName = image.tags.has(withTag(ref)) || image.digests.has(ref);
  const short = image.id.slice(7, 19);
  const names = [...image.tags, ...image.digests];
  const users = usersOf(engine, image);
  const running = users.find((each) => isUp(each));
  const tell = (action: string, name: string) =>
    world.emit("image", action, image.id, { name }, engine.nodeId);
  if (isName && (names.length > 1 || users.length > 0)) {
    if (names.length === 1 && !isForced) {
      const text = `container ${users[0]?.id.slice(0, 12)} is using its referenced image ${short}`;
      throw new Refusal(
        409,
        `conflict: unable to remove repository reference "${ref}" (must force) - ${text}`,
      );
    }
    const name = withTag(ref);
    image.tags.delete(name);
    image.digests.delete(ref);
    tell("untag", name);
    return { json: [{ Untagged: name }] };
  }
  if (running)
    throw new Refusal(
      409,
      `conflict: unable to delete ${short} (cannot be forced) - image is being used by running container ${running.id.slice(0, 12)}`,
    );
  if (!isName && names.length > 1 && !isForced) {
    throw new Refusal(
      409,
      `conflict: unable to delete ${short} (must be forced) - image is referenced in multiple repositories`,
    );
  }
  if (users.length > 0 && !isForced) {
    throw new Refusal(
      409,
      `conflict: unable to delete ${short} (must be forced) - image is being used by stopped container ${users[0]?.id.slice(0, 12)}`,
    );
  }
  engine.images.delete(image.id);
  for (const name of names) tell("untag", name);
  tell("delete", image.id);
  return { json: [...names.map((name) => ({ Untagged: name })), { Deleted: image.id }] };
}

function pruneImages({ engine, world, query }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["dangling", "label", "label!", "until"]);
  const all = (filters.dangling ?? []).some((wanted) => !isYes(wanted));
  const unused = [...engine.images.values()].filter(
    (image) => (all || image.tags.size === 0) && usersOf(engine, image).length === 0,
  );
  for (const image of unused) {
    engine.images.delete(image.id);
    world.emit("image", "delete", image.id, { name: image.id }, engine.nodeId);
  }
  const gone = unused.flatMap(({ id, tags }) => [
    ...[...tags].map((name) => ({ Untagged: name })),
    { Deleted: id },
  ]);
  return {
    json: {
      ImagesDeleted: gone.length > 0 ? gone : null,
      SpaceReclaimed: unused.reduce((sum, { size }) => sum + size, 0),
    },
  };
}

export const imageRoutes: readonly Route[] = [
  { method: "GET", path: "/images/json", handle: listImages },
  { method: "POST", path: "/images/create", handle: pullImage },
  { method: "POST", path: "/images/prune", handle: pruneImages },
  {
    method: "GET",
    path: "/images/{name}/json",
    handle: (call) => ({
      json: imageJson(
        imageOf(call, (name) => `no such image: ${call.ref}: No such image: ${name}`),
        call.profile,
      ),
    }),
  },
  { method: "GET", path: "/images/{name}/history", handle: (call) => ({ json: historyOf(imageOf(call)) }) },
  { method: "POST", path: "/images/{name}/tag", handle: tagImage },
  { method: "DELETE", path: "/images/{name}", handle: removeImage },
];
