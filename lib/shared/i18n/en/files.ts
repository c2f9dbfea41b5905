/** Messages about making, changing and rotating secrets and configs. Keys start with "files.". */
export const files = {
  "files.error.badName": "A name has letters, digits and - _ . in it, with a letter or a digit at both ends.",
  "files.error.longName": "A name has at most {most} characters; this one has {n}.",
  "files.error.taken_secret": "There already is a secret {name}.",
  "files.error.taken_config": "There already is a config {name}.",
  "files.error.empty": "Swarm keeps nothing that is empty.",
  "files.error.large_secret": "A secret has at most {most} bytes; this is {bytes}.",
  "files.error.large_config": "A config has at most {most} bytes; this is {bytes}.",
  "files.error.used": {
    one: "{name} is used by {services}. Rotate it, or take it away from that service first.",
    other: "{name} is used by {services}. Rotate it, or take it away from those services first.",
  },

  "files.rotate.stack":
    "The file of the stack {stack} still names {name}: change it there too, or the next deploy goes back to it.",
  "files.rotate.external":
    "{name} is kept by the external store {driver}, so its value is changed there and not here.",
  "files.rotate.running": "A rotation of {name} is under way. Wait for its end.",

  "files.rotation.none": "There is no such rotation in this cluster, or it is no longer kept.",
  "files.rotation.notOpen":
    "The rotation of {name} is under way or has ended well, so there is nothing to continue.",
  "files.rotation.text": "{text}",
  "files.rotation.begun": "{name} is made.",
  "files.rotation.progress": {
    one: "{done} of 1 service has it. {name} is being updated.",
    other: "{done} of {n} services have it. {name} is being updated.",
  },
  "files.rotation.interrupted":
    "The server ended in the middle of it. What each service has is below; continue, or give those that have the new one an earlier revision.",
  "files.rotation.broken":
    "It broke off because of an error of Shoal's own, which the server's log has. The old one stays.",
  "files.rotation.failed":
    "{name} does not run with {to}: {why} {from} stays. With {to}: {next}. With {from}: {old}.",
  "files.rotation.failedNone": "{name} does not run with {to}: {why} {from} stays, and is what {old} uses.",
  "files.rotation.failedAll": "{name} does not run with {to}: {why} {from} stays. With {to}: {next}.",
  "files.rotation.done": {
    one: "The service runs with {to}, and {from} is removed.",
    other: "All {n} services run with {to}, and {from} is removed.",
  },
  "files.rotation.doneNobody": "No service used {from}. It is removed, and {to} takes its place.",
  "files.rotation.doneKept": {
    one: "The service runs with {to}. {from} is kept.",
    other: "All {n} services run with {to}. {from} is kept.",
  },
  "files.rotation.doneUsed": {
    one: "The service runs with {to}. {from} stays, because {services} began to use it.",
    other: "All {n} services run with {to}. {from} stays, because {services} began to use it.",
  },
  "files.rotation.doneStays": {
    one: "The service runs with {to}. {from} could not be removed: {why}",
    other: "All {n} services run with {to}. {from} could not be removed: {why}",
  },
} as const;
