/** Messages of adding a node and of its labels. */
export const nodeDialogs = {
  "nodes.labels.title": "Labels of {name}",
  "nodes.labels.lead": "Placement constraints look at them: node.labels.zone==a.",
  "nodes.labels.name": "Name of label {n}",
  "nodes.labels.value": "Value of label {n}",
  "nodes.labels.namePlaceholder": "name",
  "nodes.labels.valuePlaceholder": "value",
  "nodes.labels.add": "Add label",
  "nodes.labels.remove": "Remove label {name}",
  "nodes.labels.save": "Save labels",
  "nodes.labels.noName": "The label with the value “{value}” has no name.",
  "nodes.labels.twice": "The label {name} is there twice.",
  "nodes.labels.none": "No labels.",
  "nodes.join.add": "Add node",
  "nodes.join.title": "Add a node",
  "nodes.join.lead": "Run one command on the new machine. Docker has to be installed there.",
  "nodes.join.role": "Role",
  "nodes.join.worker": "Worker",
  "nodes.join.manager": "Manager",
  "nodes.join.workerHint":
    "Workers run tasks. Ports 7946 and 4789 have to be open between all nodes, 2377 to the managers.",
  "nodes.join.managerHint":
    "Managers decide together: 3 bear the loss of 1, 5 the loss of 2. An even number bears no more than one fewer.",
  "nodes.join.command": "Join command",
  "nodes.join.show": "Show the command",
  "nodes.join.rotate": "Rotate token",
  "nodes.join.rotateHint":
    "Whoever has the token can join. Rotating it makes the old one worthless; nodes that joined with it stay.",
  "nodes.join.rotated": "The token is new. The old one no longer works.",
} as const;
