/** Messages of dialogs that change several things at once. */
export const bulk = {
  "services.bulk.restartTitle": { one: "Restart 1 service", other: "Restart {n} services" },
  "services.bulk.scaleTitle": { one: "Scale 1 service", other: "Scale {n} services" },
  "services.bulk.removeTitle": { one: "Remove 1 service", other: "Remove {n} services" },
  "services.bulk.restartSentence":
    "All tasks of these services are replaced, each service by its own update settings.",
  "services.bulk.scaleSentence": "Each of these services gets the same number of replicas.",
  "services.bulk.removeSentence":
    "These services and their tasks are removed at once. Volumes, networks, secrets and configs stay.",
  "services.bulk.replicas": "Replicas of each",
  "services.bulk.number": "Write a whole number from 0 to 99999.",
  "services.bulk.nothing": "None of these services would change.",
  "services.bulk.notDone": "{name} was left as it is.",
  "services.bulk.isShoal": "Shoal itself: left out, act on it alone",
  "services.bulk.notReplicated": "not replicated: left out",
  "services.bulk.already": "has {n} already",
  "services.bulk.restarts": { one: "1 task replaced", other: "{n} tasks replaced" },
  "services.bulk.stops": { one: "1 task stops", other: "{n} tasks stop" },
  "services.bulk.scales": "{from} → {to}",
} as const;
