import { digestOf, imageId, withTag } from "../world/engine-state.ts";
import { badReference } from "../world/registry.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Call } from "./route.ts";

const layers = 3;
const steps = 10;
const stepMs = 250;

/** Pulls an image as engines tell of it: layers, bytes, and a line at the end. */
export function pullImage({ world, engine, profile, query, response }: Call): Answer {
  const from = query.get("fromImage") ?? "";
  const tag = query.get("tag") ?? "";
  const name = withTag(tag === "" ? from : /^sha256:/.test(tag) ? `${from}@${tag}` : `${from}:${tag}`);
  const bad = badReference(from);
  if (bad !== null) throw new Refusal(400, bad);
  const refused = world.registry.refusal(name);
  if (refused) throw new Refusal(refused.status, refused.message);
  response.writeHead(200, { "Content-Type": "application/json" });
  const say = (line: object) => response.write(`${JSON.stringify(line)}\r\n`);
  const ids = Array.from({ length: layers }, (_, index) => imageId(`${name} ${index}`).slice(7, 19));
  say({ status: `Pulling from ${from.replace(/^[^/]*[.:][^/]*\//, "")}`, id: name.split(":").at(-1) });
  const isHere = engine.image(name) !== undefined;
  const finish = () => {
    const image = engine.addImage(name, world.now);
    image.digests.add(`${from}@${digestOf(name)}`);
    world.emit("image", "pull", name, { name: from }, engine.nodeId);
    say({ status: `Digest: ${digestOf(name)}` });
    say({ status: `Status: ${isHere ? "Image is up to date" : "Downloaded newer image"} for ${name}` });
    response.end();
  };
  if (isHere) {
    for (const id of ids) say({ status: "Already exists", progressDetail: {}, id });
    finish();
    return "open";
  }
  for (const id of ids) say({ status: "Pulling fs layer", progressDetail: {}, id });
  let step = 0;
  const next = () => {
    if (response.destroyed) return;
    step += 1;
    const layer = Math.floor((step - 1) / steps);
    const id = ids[layer] ?? "";
    const total = 8_000_000 * (layer + 1);
    const current = Math.floor((total * (((step - 1) % steps) + 1)) / steps);
    const bar = profile.hasProgressText && { progress: `[${"=".repeat(((step - 1) % steps) * 5)}>]` };
    say({ status: "Downloading", progressDetail: { current, total }, ...bar, id });
    if (current === total) {
      say({ status: "Download complete", progressDetail: {}, id });
      say({ status: "Pull complete", progressDetail: {}, id });
    }
    if (step < layers * steps) world.timeline.after(stepMs, next);
    else finish();
  };
  world.timeline.after(stepMs, next);
  return "open";
}
