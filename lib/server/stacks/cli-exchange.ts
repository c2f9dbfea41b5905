import type { PrivateRequest } from "../docker-cli/private-socket.ts";

/** A request of `docker stack deploy`: all of them are JSON. */
export interface CliRequest extends Omit<PrivateRequest, "body"> {
  readonly body: string;
}

export interface CliAnswer {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}
