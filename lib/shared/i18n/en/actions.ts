/** Messages of the area "actions". Keys start with "actions.". See translate.ts for plurals and parameters. */
export const actions = {
  "actions.error.scale_global":
    "{name} is a global service: it runs one task on every node that fits. Change its constraints instead.",
  "actions.error.scale_replicated-job":
    "{name} is a job: it runs a fixed number of tasks to the end. Create it anew to run more.",
  "actions.error.scale_global-job": "{name} is a global job: it runs once on every node that fits.",
  "actions.error.killNotStarted": "The task has no container yet, so there is nothing to kill.",
  "actions.error.killNoNode": "The task has no node yet, so there is nothing to kill.",
  "actions.error.killUnlinked":
    "Shoal has no link to the engine of {name}, so it cannot kill a task there. Add that engine to SHOAL_ENGINES.",
  "actions.warn.noNode": "No node takes tasks now: all will wait.",
  "actions.warn.noNodeMatches": "No node that takes tasks matches {constraints}: all will wait.",
  "actions.warn.noPlatform":
    "The image is made for {platforms}, and no node that takes tasks is such a one: all will wait.",
  "actions.warn.maxReplicas": {
    one: "At most {perNode} per node on the 1 node that fits: {possible} can run, {waiting} will wait.",
    other: "At most {perNode} per node on the {n} nodes that fit: {possible} can run, {waiting} will wait.",
  },
  "actions.warn.hostPort": {
    one: "Port {port} is published on the node itself and only 1 node fits: {waiting} will wait.",
    other: "Port {port} is published on the node itself and only {n} nodes fit: {waiting} will wait.",
  },
  "actions.warn.reservations": {
    one: "Each task reserves {each}; the 1 node that fits has {free} free: {possible} can run, {waiting} will wait.",
    other:
      "Each task reserves {each}; the {n} nodes that fit have at most {free} free: {possible} can run, {waiting} will wait.",
  },
  "actions.warn.memory": "{memory}",
  "actions.warn.cpu": "{cpu}",
  "actions.warn.cpuAndMemory": "{cpu} and {memory}",
  "actions.kill.replaced": "Swarm starts a new task in {delay}.",
  "actions.kill.replacedAtMost":
    "Swarm starts a new task in {delay}, unless the {n} attempts it may make are used up.",
  "actions.kill.notReplaced":
    "The restart condition of {name} is none: swarm does not replace the task until the service is restarted.",
  "actions.kill.unlessZero":
    "The restart condition of {name} is on-failure: swarm starts a new task in {delay}, but not if the program ends with exit 0.",
  "actions.kill.job": "{name} is a job: swarm starts the task again only as its restart condition says.",
} as const;
