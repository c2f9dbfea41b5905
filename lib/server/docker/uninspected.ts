import type { Agent } from "node:http";
import { inspect } from "node:util";

/**
 * The modem turns the options of every request into text for a log that is off (docker-modem 5, `buildRequest`), to any depth: with
 * the agent that is each of its sockets and everything that hangs on them, and was more than half of what a server works.
 * An agent that says its own name costs nothing.
 */
export function uninspected<T extends Agent>(agent: T): T {
  return Object.assign(agent, { [inspect.custom]: () => "Agent" });
}
