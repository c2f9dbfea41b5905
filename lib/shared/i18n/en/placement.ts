/** Why a node does not fit a task. Keys start with "placement.". */
export const placement = {
  "placement.down": "the node is down",
  "placement.silent": "the node does not answer",
  "placement.drain": "drained: takes no tasks",
  "placement.pause": "paused: takes no new tasks",
  "placement.cpu": "needs {needed}, {left} of {capacity}",
  "placement.memory": "needs {needed} memory, {left} of {capacity}",
  "placement.free": "{free} free",
  "placement.short": "{missing} too little free",
  "placement.generic": "needs {needed} {resource}, {free} free of {capacity}",
  "placement.genericNone": "needs {needed} {resource}, has none",
  "placement.constraint": "{constraint}: here it is {actual}",
  "placement.constraintUnset": "{constraint}: the label is not set",
  "placement.constraintUnknown": "{constraint}: swarm does not know this key",
  "placement.platform": "the image is for {wanted}, the node is {actual}",
  "placement.hostPort": "port {port} is taken by {holder}",
  "placement.maxReplicas": {
    one: "already has {there} task of this service, at most 1 per node",
    other: "already has {there} tasks of this service, at most {n} per node",
  },

  "placement.both": "{first}; {second}",

  "placement.title": "Why no node takes it",
  "placement.waiting": { one: "1 task waits", other: "{n} tasks wait" },
  "placement.node": "Node",
  "placement.why": "What is in the way",
  "placement.fits": "fits, as far as Shoal can see",
  "placement.fitsLead":
    "A node fits: swarm places the task when it looks again, unless the engine there lacks a plugin or a cluster volume, which Shoal does not see.",
  "placement.unseen": "Plugins and cluster volumes are not in this list: Shoal does not see them.",
  "placement.more": "and {n} more",
  "placement.showAll": "Show all {n} lines",
  "placement.noNodes": "The swarm has no nodes.",
} as const;
