import { compact, ownLabels } from "./compose-names.ts";
import type { Taker } from "./taker.ts";
import { bytesText, cpusText, durationText } from "./units.ts";

/** The `deploy` part of a service: mode, resources, placement, restart and update settings. */
export function deployToCompose(spec: Taker, task: Taker, endpointMode: string | undefined): unknown {
  return compact({
    ...mode(spec.in("Mode")),
    endpoint_mode: endpointMode === "dnsrr" ? endpointMode : undefined,
    labels: ownLabels(spec.map("Labels")),
    resources: resources(task.in("Resources")),
    placement: placement(task.in("Placement")),
    restart_policy: restartPolicy(task.in("RestartPolicy")),
    update_config: spec.has("UpdateConfig") ? updateConfig(spec.in("UpdateConfig")) : undefined,
    rollback_config: spec.has("RollbackConfig") ? updateConfig(spec.in("RollbackConfig")) : undefined,
  });
}

function mode(taker: Taker): { mode?: string; replicas?: number } {
  for (const [key, name] of [
    ["Global", "global"],
    ["GlobalJob", "global-job"],
  ] as const) {
    if (!taker.has(key)) continue;
    taker.take(key);
    return { mode: name };
  }
  if (taker.has("ReplicatedJob")) {
    const job = taker.in("ReplicatedJob");
    // Compose files have one number for both.
    const completions = job.number("TotalCompletions") ?? 1;
    job.drop("MaxConcurrent", completions);
    return { mode: "replicated-job", replicas: completions };
  }
  return { replicas: taker.in("Replicated").number("Replicas") ?? 1 };
}

function resources(taker: Taker): unknown {
  const part = (key: string) => {
    const side = taker.in(key);
    const [cpus, memory, pids] = [side.number("NanoCPUs"), side.number("MemoryBytes"), side.number("Pids")];
    return compact({
      cpus: cpus ? cpusText(cpus) : undefined,
      memory: memory ? bytesText(memory) : undefined,
      pids: pids || undefined,
      generic_resources: side.list("GenericResources").flatMap((resource) => {
        if (!resource.has("DiscreteResourceSpec")) return [];
        const discrete = resource.in("DiscreteResourceSpec");
        return [
          { discrete_resource_spec: { kind: discrete.text("Kind"), value: discrete.number("Value") ?? 0 } },
        ];
      }),
    });
  };
  return compact({ limits: part("Limits"), reservations: part("Reservations") });
}

function placement(taker: Taker): unknown {
  // What the image was found to run on; the registry is asked again at the next deploy.
  taker.take("Platforms");
  return compact({
    constraints: taker.texts("Constraints"),
    preferences: taker
      .list("Preferences")
      .map((one) => ({ spread: one.in("Spread").text("SpreadDescriptor") })),
    max_replicas_per_node: taker.number("MaxReplicas") || undefined,
  });
}

function restartPolicy(taker: Taker): unknown {
  const time = (key: string) => {
    const ns = taker.number(key);
    return ns === undefined ? undefined : durationText(ns);
  };
  return compact({
    condition: taker.text("Condition"),
    delay: time("Delay"),
    max_attempts: taker.number("MaxAttempts"),
    window: time("Window"),
  });
}

function updateConfig(taker: Taker): unknown {
  const time = (key: string) => {
    const ns = taker.number(key);
    return ns ? durationText(ns) : undefined;
  };
  return {
    // Left out it would become 1; 0 is all at once.
    parallelism: taker.number("Parallelism") ?? 0,
    ...compact({
      delay: time("Delay"),
      failure_action: taker.text("FailureAction"),
      monitor: time("Monitor"),
      max_failure_ratio: taker.number("MaxFailureRatio") || undefined,
      order: taker.text("Order"),
    }),
  };
}
