import { consoleBody, consoleQuery } from "../../terminal/schemas.ts";
import type { Operation } from "../operation.ts";

/** Consoles in containers. */
export const consoleOperations = {
  openConsole: {
    method: "POST",
    path: "/clusters/{cluster}/containers/{id}/consoles",
    permission: "container.exec",
    summary: "Get a ticket, good once and for 30 s, for a console in a container over /ws/terminal",
    query: consoleQuery,
    body: consoleBody,
    audit: "container.console",
  },
} as const satisfies Record<string, Operation>;
