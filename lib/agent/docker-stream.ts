import { once } from "node:events";
import { connect } from "node:net";
import type { AgentConfig } from "./config.ts";
import type { AgentLog } from "./log.ts";
import { serveDockerStream } from "./scope/serve-docker-stream.ts";
import type { StreamHandler } from "./serve-tunnel.ts";

/** Connects streams of the server to the engine's socket, as far as the agent's scope goes. */
export function dockerStream(
  { socket, scope }: Pick<AgentConfig, "socket" | "scope">,
  log: AgentLog,
): StreamHandler {
  const dial = () => connect({ path: socket, allowHalfOpen: true });
  return async (open) => {
    if (scope !== "exec") {
      serveDockerStream(open(), { scope, connect: dial, log });
      return;
    }
    // Before the stream is accepted: an engine that is not there is told as that, and not as a connection that ends.
    const engine = dial();
    await once(engine, "connect");
    serveDockerStream(open(), { scope, connect: () => engine, log });
  };
}
