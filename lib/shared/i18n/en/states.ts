/** Messages of the area "states". Keys start with "states.". See translate.ts for plurals and parameters. */
export const states = {
  "states.tried": "What was tried",
  "states.again": "Trying again every 2 s. This page changes by itself when the engine answers.",
  "states.openDemo": "Open the demo cluster",
  "states.demoHint": "A small simulated swarm to look around in. Nothing real is touched.",

  "states.result.ok": "Answers",
  "states.result.skipped": "Skipped",
  "states.result.not_there": "Not there",
  "states.result.no_permission": "Permission denied",
  "states.result.refused": "Connection refused",
  "states.result.timeout": "No answer in time",
  "states.result.too_old": "Engine too old",
  "states.result.tls": "TLS failed",
  "states.result.not_docker": "Not a Docker Engine",
  "states.result.unsupported": "Not supported",
  "states.result.error": "Failed",

  "states.noEngine.not_there.title": "There is no Docker socket here",
  "states.noEngine.not_there.lead":
    "Shoal looked where Docker listens and found nothing. In a container the socket must be mounted; on a machine of its own Docker must be installed and running.",
  "states.noEngine.no_permission.title": "Shoal is not allowed to open the Docker socket",
  "states.noEngine.no_permission.lead":
    "The socket is there, but it belongs to a group this process is not in. Give the container that group and it connects by itself. Nothing else is wrong.",
  "states.noEngine.no_permission.leadGid":
    "The socket is there, but it belongs to group {gid} and this process is not in it. Give the container that group and it connects by itself. Nothing else is wrong.",
  "states.noEngine.refused.title": "Docker is not running",
  "states.noEngine.refused.lead":
    "The address is there, but nothing listens on it. Start Docker on that machine, and Shoal connects by itself.",
  "states.noEngine.timeout.title": "The engine does not answer",
  "states.noEngine.timeout.lead":
    "The connection opens, but no answer comes back in time. The engine may be frozen, or a firewall drops the packets. Check the engine, or set another address.",
  "states.noEngine.too_old.title": "This Docker Engine is too old",
  "states.noEngine.too_old.lead":
    "Shoal needs Docker Engine 20.10 or newer. Update the engine, and Shoal connects by itself.",
  "states.noEngine.tls.title": "The secure connection to the engine failed",
  "states.noEngine.tls.lead":
    "The engine is reached, but the certificates do not fit. Check that the folder holds ca.pem, cert.pem and key.pem for this engine, and that the name in the address is the one in its certificate.",
  "states.noEngine.not_docker.title": "Something else answers there",
  "states.noEngine.not_docker.lead":
    "What listens at this address does not speak the Docker Engine API. Check the address and the port.",
  "states.noEngine.unsupported.title": "Shoal cannot use this address",
  "states.noEngine.unsupported.lead":
    "Use unix:// for a socket on this machine, or tcp:// with TLS for another one.",
  "states.noEngine.error.title": "The engine cannot be reached",
  "states.noEngine.error.lead": "The last try failed as shown below. Check the address, or set another one.",
  "states.connecting.title": "Connecting to the engine",
  "states.connecting.lead": "This takes a moment at the start.",

  "states.fix.title": "Add this to how you start it",
  "states.fix.way": "How Shoal is started",
  "states.fix.run": "docker run",
  "states.fix.compose": "Compose",
  "states.fix.stack": "Swarm stack",
  "states.fix.remote": "Remote engine",
  "states.fix.remoteNote": "Put ca.pem, cert.pem and key.pem of the engine into ./certs.",
  "states.fix.stackNote": "In a stack Shoal must run on a manager, where this socket is mounted.",

  "states.notManager.title": "{name} is a worker",
  "states.notManager.titleNoName": "This engine is a worker",
  "states.notManager.lead":
    "Only managers know the services and nodes of a swarm. Connect Shoal to a manager, or make this node one. It is noticed by itself.",
  "states.notManager.managers": "Managers this worker knows",
  "states.notManager.connect": "Connect to a manager",
  "states.notManager.promote": "Or run this on a manager",

  "states.locked.title": "The swarm is locked",
  "states.locked.lead":
    "This manager was restarted and waits for the unlock key before it takes part again. Tasks keep running on the workers.",
  "states.locked.key": "Unlock key",
  "states.locked.keyHint": "It starts with SWMKEY-1-. Another manager shows it with: docker swarm unlock-key",
  "states.locked.keyMissing": "Type the unlock key.",
  "states.locked.unlock": "Unlock",
  "states.locked.adminOnly": "An admin can unlock it here, or with docker swarm unlock on the machine.",

  "states.pending.title": "The engine is joining a swarm",
  "states.pending.lead": "It waits for a manager to let it in. This page changes by itself when it has.",
  "states.swarmError.title": "The engine's swarm is in error",
  "states.swarmError.lead":
    "The engine says why below. Check its log; leaving and joining again with docker swarm leave and docker swarm join helps when its certificate has expired.",
  "states.electing.title": "Waiting for the swarm to elect a leader",
  "states.electing.lead": "This usually takes 15 s.",
  "states.noQuorum.title": "Too many managers are gone",
  "states.noQuorum.lead": "Tasks keep running. Nothing can be seen or changed until one manager is back.",

  "states.host.note": "not in a swarm",
  "states.host.start": "Start a swarm here",
  "states.host.lead":
    "{name} is a single Docker Engine. With a swarm it can run services, keep them running, and take more machines.",
  "states.host.startAdminOnly": "An admin can start a swarm here.",
  "states.host.initTitle": "Start a swarm on {name}",
  "states.host.initSentence":
    "The engine becomes the first manager of a new swarm. Running containers are not touched.",
  "states.host.address": "Address other machines reach it at",
  "states.host.addressOther": "Another address",
  "states.host.addressHint": "An IP address or a network interface, for example 192.168.1.10 or eth0.",
  "states.host.addressMissing": "Type an address or an interface.",
  "states.host.initVerb": "Start swarm",
} as const;
