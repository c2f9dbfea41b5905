import type { Duplex } from "node:stream";
import { DockerFilter } from "./docker-filter.ts";
import { joinStreams } from "./join-streams.ts";
import type { ScopeOptions } from "./types.ts";

/**
 * Serves one stream of the server that wants the node's engine: with the scope `exec` a raw connection to it, with
 * less HTTP ends here and only what the scope allows goes on (architecture §6). The stream's end ends everything.
 */
export function serveDockerStream(stream: Duplex, options: ScopeOptions): void {
  if (options.scope === "exec") {
    joinStreams(stream, options.connect(), (error) => {
      options.log.debug({ err: error }, "a connection to the engine ended with an error");
    });
  } else new DockerFilter(stream, options).start();
}
