/** The agent's log: one JSON line per event on standard output, as the server's. */
export interface AgentLog {
  /** Not written: what happens with every connection. */
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** pino's numbers of levels, so that one filter fits both logs. */
const levels = { info: 30, warn: 40 } as const;

export function createAgentLog(write: (line: string) => void): AgentLog {
  const log = (level: keyof typeof levels) => (facts: object, message: string) =>
    write(
      `${JSON.stringify({ level: levels[level], time: Date.now(), module: "agent", ...facts, msg: message })}\n`,
    );
  return { debug: () => undefined, info: log("info"), warn: log("warn") };
}
