import { Refusal } from "../api/refusal.ts";
import type { Profile } from "./profile.ts";

/**
 * Refusals of 20.10, and how 26 says the same (tests/conformance). The simulator speaks as 20.10 does; a newer engine's words are put in
 * their place on the way out. The first that fits is taken.
 */
const newer: readonly {
  readonly was: RegExp;
  readonly is: string;
  /** Where it is another one. */
  readonly status?: number;
}[] = [
  { was: /^Invalid filter '/, is: "invalid filter '" },
  { was: /^get (.+): no such volume$/, is: "volume $1 not found" },
  { was: /^no such image: .+: (No such image: .+)$/, is: "$1" },
  { was: /^no such image: .+: (invalid reference format.*)$/, is: "$1" },
  { was: /^(invalid reference format: repository name )/, is: "$1", status: 400 },
  { was: /^illegal base64 data/, is: "invalid JSON: illegal base64 data" },
  { was: /^Invalid subnet (.+) : invalid CIDR address: .+$/, is: "invalid network config:\ninvalid subnet $1: invalid CIDR block notation", status: 400 },
  { was: /^invalid name: $/, is: "invalid name: ", status: 400 },
  { was: /^Cannot create a multi-host network from a worker node.*$/, is: 'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.' },
  { was: /^Cannot kill container: (.+): Container (.+)$/, is: "cannot kill container: $1: container $2" },
  { was: /^Cannot kill container: /, is: "cannot kill container: " },
  { was: /^Container ([0-9a-f]+ is not running)$/, is: "container $1" },
  { was: /^Config cannot be empty/, is: "config cannot be empty" },
  { was: /^failed to create shim task: /, is: "failed to create task for container: failed to create shim task: " },
]; // biome-ignore format: one line each

/** A refusal as the engine of a profile says it. */
export function inWordsOf({ speaksAs26 }: Profile, refusal: Refusal): Refusal {
  const { status, message, about, isPlain } = refusal;
  if (!speaksAs26) {
    // Only newer ones name the repository.
    const old = message.replace(/repository name \([^)]*\) must/, "repository name must");
    return new Refusal(status, old, isPlain);
  }
  if (about === "filters") return new Refusal(400, "invalid filter");
  if (about === "body") return new Refusal(400, `invalid JSON: ${message}`);
  const found = newer.find(({ was }) => was.test(message));
  return found ? new Refusal(found.status ?? status, message.replace(found.was, found.is)) : refusal;
}

/** Why a task failed, as the engine of a profile says it. */
export function errorInWordsOf({ speaksAs26 }: Profile, error: string): string {
  return speaksAs26
    ? error.replace(
        /: failed to create shim task: /,
        ": failed to create task for container: failed to create shim task: ",
      )
    : error;
}
