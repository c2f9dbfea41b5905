import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";

const service = [
  "image", "command", "entrypoint", "environment", "env_file", "ports", "volumes", "networks", "secrets", "configs", "deploy",
  "healthcheck", "labels", "hostname", "user", "working_dir", "init", "tty", "stop_grace_period", "stop_signal", "logging",
  "cap_add", "cap_drop", "extra_hosts", "dns", "dns_search", "read_only", "sysctls", "ulimits",
]; // biome-ignore format: one list

/** Keys of the compose format that mean something to a stack, by the keys around them (`*`: any name). */
const keys: Readonly<Record<string, readonly string[]>> = {
  "": ["version", "services", "networks", "volumes", "secrets", "configs"],
  "services.*": service,
  "services.*.deploy": [
    "mode", "replicas", "labels", "update_config", "rollback_config", "restart_policy", "resources", "placement", "endpoint_mode",
  ],
  "services.*.deploy.update_config": ["parallelism", "delay", "failure_action", "monitor", "max_failure_ratio", "order"],
  "services.*.deploy.rollback_config": ["parallelism", "delay", "failure_action", "monitor", "max_failure_ratio", "order"],
  "services.*.deploy.restart_policy": ["condition", "delay", "max_attempts", "window"],
  "services.*.deploy.resources": ["limits", "reservations"],
  "services.*.deploy.resources.limits": ["cpus", "memory", "pids"],
  "services.*.deploy.resources.reservations": ["cpus", "memory", "generic_resources"],
  "services.*.deploy.placement": ["constraints", "preferences", "max_replicas_per_node"],
  "services.*.healthcheck": ["test", "interval", "timeout", "retries", "start_period", "disable"],
  "services.*.logging": ["driver", "options"],
  "networks.*": ["driver", "driver_opts", "attachable", "internal", "external", "name", "labels", "ipam"],
  "volumes.*": ["driver", "driver_opts", "external", "name", "labels"],
  "secrets.*": ["file", "external", "name", "labels"],
  "configs.*": ["file", "external", "name", "labels"],
}; // biome-ignore format: lists of names

/** Offers the keys that fit where the cursor stands: told by the indentation, as YAML itself is. */
export function completeKey(context: CompletionContext): CompletionResult | null {
  const { state, pos } = context;
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  const found = /^(\s*)([a-z_]*)$/.exec(before);
  if (!found || (found[2] === "" && !context.explicit)) return null;
  const above = Array.from({ length: line.number - 1 }, (_, index) => state.doc.line(index + 1).text);
  const options = keysAt(keyPath(above, found[1]?.length ?? 0));
  if (options.length === 0) return null;
  return {
    from: pos - (found[2]?.length ?? 0),
    options: options.map((label) => ({ label, apply: `${label}: `, type: "property" })),
  };
}

/** The keys around a line with this indentation, from the outside in. */
export function keyPath(above: readonly string[], indent: number): readonly string[] {
  const path: string[] = [];
  let limit = indent;
  for (const text of [...above].reverse()) {
    const [, space = "", key] = /^(\s*)([\w.-]+):\s*(?:[&#].*)?$/.exec(text) ?? [];
    if (key === undefined || space.length >= limit) continue;
    path.unshift(key);
    limit = space.length;
  }
  return path;
}

/** The keys that are known at a path. */
export function keysAt(path: readonly string[]): readonly string[] {
  const pattern = path.map((key, index) => (index === 1 ? "*" : key)).join(".");
  return keys[pattern] ?? [];
}
