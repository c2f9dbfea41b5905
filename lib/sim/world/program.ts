import type { Healthcheck, SimContainer } from "./objects.ts";
import type { Workload } from "./workload.ts";

/** How the main process of a container will do, as far as its command, its environment and its health check tell. */
export interface Program {
  /** Why it cannot be started. */
  readonly missing: string | null;
  /** It ends by itself after so many ms. */
  readonly endsAfterMs: number | null;
  readonly exitCode: number;
  readonly health: "none" | "healthy" | "unhealthy";
  /** How often it is looked at. */
  readonly intervalMs: number;
}

interface Asked {
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly check: Healthcheck | null | undefined;
}

function askedOf({ task, body }: SimContainer): Asked {
  const spec = task?.template.ContainerSpec;
  if (spec)
    return {
      command: [...(spec.Command ?? []), ...(spec.Args ?? [])],
      env: spec.Env ?? [],
      check: spec.Healthcheck,
    };
  return {
    command: [...(body?.Entrypoint ?? []), ...(body?.Cmd ?? [])],
    env: body?.Env ?? [],
    check: body?.Healthcheck,
  };
}

/** Reads the program of a container. Whatever it does not know runs until it is stopped. */
export function programOf(container: SimContainer, workload: Workload): Program {
  const { command, env, check } = askedOf(container);
  const test = check?.Test ?? [];
  const hasCheck = test.length > 0 ? test[0] !== "NONE" : workload.checked === true;
  const isIll = hasCheck && (test.slice(1).join(" ") === "exit 1" || env.includes("FAIL=1"));
  const crash = env.map((each) => /^CRASH_AFTER=(\d+)$/.exec(each)?.[1]).find((each) => each !== undefined);
  const base: Program = {
    missing: null,
    endsAfterMs: crash === undefined ? null : Number(crash) * 1_000 + 20,
    exitCode: crash === undefined ? 0 : 1,
    health: hasCheck ? (isIll ? "unhealthy" : "healthy") : "none",
    intervalMs: (check?.Interval ?? 0) > 0 ? (check?.Interval ?? 0) / 1e6 : 2_000,
  };
  const script =
    /^(\/bin\/)?(ba|a)?sh$/.test(command[0] ?? "") && command[1] === "-c"
      ? (command[2] ?? "")
      : command.join(" ");
  const [name = "", argument = ""] = script.trim().split(/\s+/);
  switch (name.replace(/^.*\//, "")) {
    case "true":
      return { ...base, endsAfterMs: 20 };
    case "false":
      return { ...base, endsAfterMs: 20, exitCode: 1 };
    case "echo":
      return { ...base, endsAfterMs: 20 };
    case "exit":
      return { ...base, endsAfterMs: 20, exitCode: Number(argument) || 0 };
    case "sleep":
      return /^\d+$/.test(argument) ? { ...base, endsAfterMs: Number(argument) * 1_000 } : base;
    case "nosuch":
      return {
        ...base,
        missing: `failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${name}": executable file not found in $PATH: unknown`,
      };
    default:
      return base;
  }
}
