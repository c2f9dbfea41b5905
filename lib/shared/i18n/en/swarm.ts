/** Messages of the area "swarm". Keys start with "swarm.". See translate.ts for plurals and parameters. */
export const swarm = {
  "swarm.quorum.last": "This is the last manager. A swarm without a manager cannot exist.",
  "swarm.quorum.lost":
    "Only {reachable} of {n} managers would be reachable. The swarm would accept no changes until more come back.",
  "swarm.quorum.one": "With 1 manager, losing it stops changes.",
  "swarm.quorum.two": "With 2 managers, losing one stops changes. Use 1 or 3.",
  "swarm.quorum.even": "With {n} managers, losing more than {bear} stops changes, as with one manager fewer.",
  "swarm.quorum.none": "One of the {n} managers is not reachable: losing another stops changes.",
  "swarm.quorum.many": "With {n} managers every change takes longer. 3, 5 or 7 are usual.",
} as const;
