/** Messages about tasks: their table, and the card and drawer of one. Keys start with "tasks.". */
export const tasks = {
  "tasks.restart.never": "never",
  "tasks.restart.any": "always, after {delay}",
  "tasks.restart.on-failure": "after a failure, after {delay}",
  "tasks.restart.anyAtMost": "always, after {delay}, at most {n} times",
  "tasks.restart.on-failureAtMost": "after a failure, after {delay}, at most {n} times",

  "tasks.next.soon": "Swarm starts a new task in {time}.",
  "tasks.next.starting": "Swarm is starting a new task.",
  "tasks.next.startingOn": "Swarm is starting a new task on {node}.",
  "tasks.next.replacedOn": "A new task runs on {node}.",
  "tasks.next.never": "Swarm will not start it again: the restart condition of the service is none.",
  "tasks.next.endedWell": "Swarm will not start it again: it ended without an error.",
  "tasks.next.givenUp": "Swarm has given up after {n} attempts.",
  "tasks.next.done": "The job is done here.",
  "tasks.next.notWanted": "Swarm no longer wants this task.",
  "tasks.next.placing": "Swarm keeps looking for a node that fits.",
  "tasks.next.elsewhere": "Swarm starts it anew on another node.",
  "tasks.next.unhealthy": "Swarm stops it and starts a new task.",
} as const;
