/** Messages about the cluster as a whole, on every page of it. Keys start with "cluster.". */
export const cluster = {
  "cluster.notFound": "There is nothing here. It may have been removed from the swarm.",
  "cluster.blocked.offline": "No connection to Shoal. Changes are possible once it is back.",
  "cluster.blocked.electing":
    "The swarm is electing a leader, usually 15 s. Changes are possible after that.",
  "cluster.blocked.noQuorum": "Too few managers are online. Nothing can be changed until one is back.",
  "cluster.blocked.noEngine": "No manager answers. Changes are possible once one does.",
  "cluster.blocked.stale": "The picture is not current. Changes are possible once the engine answers again.",

  "cluster.simulated": "Simulated cluster.",
  "cluster.simulatedHint": "Nothing here is real: try everything.",
  "cluster.simulatedTitle": "simulated",
  "cluster.leaveDemo": "Your own cluster",

  "cluster.banner.electing":
    "Waiting for the swarm to elect a leader, usually 15 s. This is the last picture.",
  "cluster.banner.silent": "The manager has not answered for some seconds. This is the last picture.",
  "cluster.banner.noQuorum": {
    one: "The only manager is gone. Tasks keep running; nothing can be changed until it is back.",
    other: "{gone} of {n} managers are gone. Tasks keep running; nothing can be changed until one is back.",
  },
  "cluster.banner.noQuorumUncounted":
    "Too many managers are gone. Tasks keep running; nothing can be changed until one is back.",
  "cluster.banner.stale": "No connection. This is the last picture; it is renewed as soon as Shoal answers.",
  "cluster.banner.lost": "No manager answers. This is the last picture; tasks keep running without Shoal.",
} as const;
