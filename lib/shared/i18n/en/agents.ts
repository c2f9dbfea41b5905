/** Messages of the area "agents": the page of agents, and what the server says to them. */
export const agents = {
  "agents.linkName": "agent on {name}",
  "agents.refused.malformed":
    "The server does not understand this agent's greeting. Update the agent or the server.",
  "agents.refused.protocol":
    "This agent speaks protocol {theirs} and the server {ours}. Update the older of the two to the other's version.",
  "agents.refused.signature": "The agent's signature does not fit its key.",
  "agents.refused.wrongKey":
    "The server does not know this join key: it is wrong, or was replaced. Take the present one from Shoal (Agents, Add nodes).",
  "agents.refused.expired": "The join key has expired. Take a new one from Shoal (Agents, Add nodes).",
  "agents.refused.revoked":
    "The agent on {name} was shut out by an administrator. Let it in again in Shoal (Agents); nothing has to be done on the node.",
  "agents.refused.waiting":
    "The node {name} is known by another key. If this agent is meant to take its place, accept it in Shoal (Agents).",
  "agents.refused.busy": "Too many agents are at the door at this moment. Try again in a few seconds.",
  "agents.refused.failed": "The server could not finish the greeting. Its log says why.",
  "agents.error.nameTaken": "There is a cluster named {name} already.",
  "agents.error.demo":
    "The demo cluster is simulated inside this server: no agents come into it, and its name and place are fixed.",
  "agents.error.ownCluster": "This cluster belongs to the server itself and cannot be removed.",
  "agents.confirmRemove":
    "Shoal forgets {name}, its agents and its history. Nothing on its nodes is touched, and its agents are refused from then on.",
  "agents.error.none": "There is no agent {id} in this cluster.",

  "agents.title": "Agents",
  "agents.failed": "The agents could not be read",
  "agents.filter": "Filter agents",
  "agents.sentence.all": { one: "The only node is connected.", other: "{n} of {n} nodes are connected." },
  "agents.sentence.some": "{connected} of {n} nodes are connected",
  "agents.sentence.none": {
    one: "The only node has no agent yet.",
    other: "None of the {n} nodes has an agent yet.",
  },
  "agents.sentence.nothing": "No node has reported in yet.",
  "agents.sentence.part": "{name}: {what}",
  "agents.sentence.more": "and {n} more",
  "agents.word.connected": "Connected",
  "agents.word.engine_silent": "Engine silent",
  "agents.word.node_down": "Node down",
  "agents.word.offline": "Offline",
  "agents.word.waiting": "Waiting for you",
  "agents.word.revoked": "Shut out",
  "agents.word.missing": "No agent",
  "agents.short.engine_silent": "its engine does not answer",
  "agents.short.node_down": "the node is down",
  "agents.short.offline": "its agent is offline",
  "agents.short.waiting": "waits for you",
  "agents.short.revoked": "shut out",
  "agents.short.missing": "no agent",
  "agents.cause.engine": "The agent is here, its engine does not answer: {text}",
  "agents.cause.nodeDown": "The node does not answer its swarm either.",
  "agents.cause.nodeDownMissing": "It never had an agent.",
  "agents.cause.offline": "It comes back by itself as soon as it reaches this server.",
  "agents.cause.offlineNodeUp":
    "The node itself is up: look at the agent there, or at the way to this server.",
  "agents.cause.bySocket": "Shoal reaches its engine by a socket of its own.",
  "agents.cause.missing": "Shoal cannot look inside this node.",
  "agents.cause.waiting": "Its key is not the one this node is known by.",
  "agents.cause.revoked": "An administrator shut it out.",
  "agents.cause.notInSwarm": "A single engine.",

  "agents.column.node": "Node",
  "agents.column.state": "State",
  "agents.column.version": "Version",
  "agents.column.scope": "Scope",
  "agents.column.since": "Since",
  "agents.column.roundTrip": "Round trip",
  "agents.column.reconnects": "Reconnects",
  "agents.column.error": "Last error",
  "agents.column.address": "Address",
  "agents.column.key": "Key",
  "agents.column.actions": "Actions",
  "agents.roundTripMs": "{ms} ms",
  "agents.otherVersion": "not the server's",
  "agents.otherVersionTitle": "The server is version {version}.",
  "agents.scope.read": "read",
  "agents.scope.operate": "operate",
  "agents.scope.exec": "exec",
  "agents.scopeHint.read":
    "Looks only: lists, logs, usage. Environment values are masked on the node, and nothing can be changed.",
  "agents.scopeHint.operate":
    "Also starts, stops and changes services, containers, images and networks, but opens no console and no files.",
  "agents.scopeHint.exec":
    "Everything, consoles and files of volumes included: as good as being on the node.",
  "agents.update.title": {
    one: "{n} agent runs another version than the server ({version}).",
    other: "{n} agents run another version than the server ({version}).",
  },
  "agents.update.swarm": "It keeps working. On a manager this updates all of them, one after the other:",
  "agents.update.engine":
    "It keeps working. To update it, remove its container and start it again with the command under Add nodes; it keeps its key.",
  "agents.update.command": "Command that updates the agents",

  "agents.action.more": "More actions for the agent on {name}",
  "agents.action.accept": "Let in",
  "agents.action.revoke": "Shut out",
  "agents.action.forget": "Forget",
  "agents.ask.accept": "Let in the agent on {name}",
  "agents.ask.acceptWaiting":
    "The agent with this key takes the place of the one {name} is known by, whose key is refused from then on. Compare the start of the key with what the agent prints in its log on the node.",
  "agents.ask.acceptAlone":
    "The agent with this key is let in at its next try, a few seconds from now. Compare the start of the key with what the agent prints in its log on the node.",
  "agents.ask.thisKey": "Let in",
  "agents.ask.thatKey": "Replaced",
  "agents.ask.keyFrom": "key {key}… from {address}",
  "agents.ask.revoke": "Shut out the agent on {name}",
  "agents.ask.revokeSentence":
    "Its connection ends now, and it is refused until it is let in again here. What Shoal shows of {name} stands still; containers on it keep running.",
  "agents.ask.forget": "Forget the agent on {name}",
  "agents.ask.forgetSentence":
    "Shoal forgets its key, address and history. If it still runs and its join key is valid, it comes in again by itself as a new one.",

  "agents.add": "Add nodes",
  "agents.addTitle": "Add nodes to {name}",
  "agents.addLead": "An agent dials in to this server from each node: nothing has to be opened on the node.",
  "agents.join.where": "Where",
  "agents.join.swarm": "A swarm",
  "agents.join.engine": "A single engine",
  "agents.join.scope": "What Shoal may do there at most",
  "agents.join.show": "Show the join key and commands",
  "agents.join.showHint":
    "The join key is secret: whoever has it can bring nodes into this cluster. Showing it is written to the audit log.",
  "agents.join.key": "Join key",
  "agents.join.expires": "It lets new nodes in until {time}.",
  "agents.join.expired": "It expired at {time}: replace it to add nodes.",
  "agents.join.plain":
    "{server} is plain http: whoever can listen on the way can read along. Use it on an encrypted network only, or open Shoal by its https address and come back.",
  "agents.join.stackFile": "1. Save this as shoal-agents.yml on a manager",
  "agents.join.download": "Download",
  "agents.join.stackCommands": "2. Run this on the same manager",
  "agents.join.runCommand": "Run this on the node",
  "agents.join.rotate": "Replace the join key",
  "agents.join.rotateHint":
    "The present key then lets no new node in. Agents that are known stay: they come in by keys of their own.",
  "agents.join.validFor": "Valid",
  "agents.join.never": "for good",
  "agents.join.hour": "1 hour",
  "agents.join.day": "1 day",
  "agents.join.week": "7 days",
  "agents.join.rotated": "This is the new join key. The one before lets nobody in any more.",
  "agents.live.title": "Nodes as they report in",
  "agents.live.nobody": "Nobody yet. They appear here within seconds.",
  "agents.live.more": { one: "{n} more node", other: "{n} more nodes" },
  "agents.empty.title": "No node has reported in yet",
  "agents.empty.lead":
    "Agents lead to {name}. Start one on each of its nodes; as soon as the first connects, this page fills by itself.",
  "agents.empty.leadViewer":
    "Agents lead to {name}, and none is here yet. An administrator can add nodes; as soon as the first connects, this page fills by itself.",
  "agents.away.title": { one: "The agent is not connected", other: "None of the {n} agents is connected" },
  "agents.away.lead":
    "Agents lead to {name}, and all of them are away. They come back by themselves as soon as they reach this server.",
  "agents.silent.title": { one: "The engine does not answer", other: "None of the {n} engines answers" },
  "agents.silent.lead":
    "The agents of {name} are here, the engines behind them do not answer. This page fills by itself as soon as one does.",
} as const;
