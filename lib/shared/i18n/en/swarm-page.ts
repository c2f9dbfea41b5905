/** Messages of the page "Swarm settings". Keys start with "swarmPage.". See translate.ts for plurals and parameters. */
export const swarmPage = {
  "swarmPage.title": "Swarm settings",
  "swarmPage.adminOnly": "Changing these settings needs the role admin.",
  "swarmPage.number": "Write a whole number from {min} to {max}.",

  "swarmPage.autolock.title": "Autolock",
  "swarmPage.autolock.on": "on",
  "swarmPage.autolock.off": "off",
  "swarmPage.autolock.lead":
    "With autolock a manager that restarts waits for the unlock key before it takes part again. It protects the keys of the swarm on stolen disks.",
  "swarmPage.autolock.turnOn": "Turn on",
  "swarmPage.autolock.turnOff": "Turn off",
  "swarmPage.autolock.onTitle": "Turn on autolock",
  "swarmPage.autolock.offTitle": "Turn off autolock",
  "swarmPage.autolock.onSentence":
    "Every manager that restarts from now on waits for the unlock key. The key is shown next; without it a restarted manager cannot come back.",
  "swarmPage.autolock.offSentence":
    "Managers start by themselves again, and the unlock key becomes worthless.",
  "swarmPage.autolock.keep": "Keep this key in a safe place, outside of the swarm.",
  "swarmPage.autolock.keepHint": "It is shown only now; docker swarm unlock asks for it.",
  "swarmPage.autolock.key": "Unlock key",
  "swarmPage.autolock.showKey": "Show the key",
  "swarmPage.autolock.rotate": "Rotate key",
  "swarmPage.autolock.rotateTitle": "Rotate the unlock key",
  "swarmPage.autolock.rotateSentence":
    "A new key is made and shown. Keep the old one for a few minutes: a manager that restarts before it hears of the change still asks for it.",

  "swarmPage.history.title": "Task history",
  "swarmPage.history.label": "Tasks kept of each slot",
  "swarmPage.history.hint":
    "How many tasks of one slot the swarm remembers, the living one included. Docker's own choice is 5.",

  "swarmPage.certs.title": "Certificates",
  "swarmPage.certs.label": "Validity of node certificates, in hours",
  "swarmPage.certs.hint": "About {days} days. Nodes renew their certificate by themselves.",
  "swarmPage.certs.rotate": "Rotate CA",
  "swarmPage.certs.rotateLead": "Make a new certificate authority and give every node a certificate of it.",
  "swarmPage.certs.rotateTitle": "Rotate the certificate authority",
  "swarmPage.certs.rotateSentence":
    "Every node gets a new certificate. Nodes that are down take part once they are back. All join tokens change.",
  "swarmPage.certs.rotating": "The swarm is rotating its certificate authority.",
  "swarmPage.certs.inProgress":
    "The certificate authority is being rotated. It ends once every node has its new certificate.",

  "swarmPage.tokens.title": "Join tokens",
  "swarmPage.tokens.lead":
    "With a join token a machine becomes a node of this swarm. Showing them is written to the audit log.",
  "swarmPage.tokens.show": "Join commands",

  "swarmPage.facts.title": "Swarm",
  "swarmPage.facts.id": "ID",
  "swarmPage.facts.created": "Made",
  "swarmPage.facts.heartbeat": "Heartbeat",
  "swarmPage.facts.snapshot": "Raft snapshots",
  "swarmPage.facts.snapshotEvery": "every {n} log entries",
  "swarmPage.facts.pools": "Address pools",
  "swarmPage.facts.dataPort": "Data port",
} as const;
