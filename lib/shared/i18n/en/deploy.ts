/** Messages about deploying stacks. Keys start with "deploy.". */
export const deploy = {
  "deploy.error.name":
    "“{name}” is no name for a stack: letters, digits, dashes and underscores, beginning with a letter or digit, at most 63.",
  "deploy.error.total":
    "The files and variables are longer than {n} characters together, the most that Shoal takes.",
  "deploy.error.cli":
    "The docker command was not found on this server. Stacks are deployed with it: install Docker's command line (Debian: docker-cli), or name it with SHOAL_DOCKER_CLI.",
  "deploy.error.cliNamed": "SHOAL_DOCKER_CLI names {path}, which is no program that Shoal may run.",
  "deploy.error.silent": "The docker command ended without saying why.",
  "deploy.error.busy": "{name} is deploying or removing {stack} right now. Wait until that has ended.",
  "deploy.error.otherPlan":
    "{stack} is not what it was when this plan was made: somebody has changed the swarm, or the files are others. Look at the plan again.",
  "deploy.error.problem": "{stack} was not deployed, and nothing was changed: {problem}",
  "deploy.error.noVersion": "There is no version {id} of {stack}.",
  "deploy.output.cut": "(the beginning is left out)",
  "deploy.problem.at": "{file}, line {line}: {message}",
  "deploy.problem.yaml": "This is not YAML: {error}",
  "deploy.problem.documents": "A second document begins here. A compose file has one.",
  "deploy.problem.directive": "Directives (%YAML, %TAG) are not taken: they change what the file means.",
  "deploy.problem.tag": "The tag {tag} is not taken: write the value plainly.",
  "deploy.problem.key": "A key of a mapping must be a plain text.",
  "deploy.problem.merge": "Only mappings can be merged.",
  "deploy.problem.anchor": "There is no anchor named {name} before this place.",
  "deploy.problem.cycle": "The anchor {name} contains itself.",
  "deploy.problem.bomb": "Aliases make this file mean more than {n} values.",
  "deploy.problem.deep": "More than {n} levels are nested in each other.",
  "deploy.problem.encoding": "The character {code} does not belong into a text file. Save it as UTF-8.",
  "deploy.problem.long": "A compose file may have at most {n} KB.",
  "deploy.problem.twice": "Two files are named {name}.",
  "deploy.problem.noCompose": "There is no compose file.",
  "deploy.problem.noMap": "A compose file is a mapping with services.",
  "deploy.problem.envLine": "A line is NAME=value, a comment with #, or empty.",
  "deploy.problem.envName": "{name} changes what the docker command itself does. Use another name.",
  "deploy.problem.file":
    "{name} is read from {file}, which is not among the files. Add it, and write its name without variables and folders.",
  "deploy.problem.envFile":
    "env_file names {file}, which is not among the files. Add it, and write its name without variables and folders.",
  "deploy.problem.relative":
    "{name} mounts {path}, a path beside the file. A stack runs on nodes: write a path that is there, from the root on, or use a volume or a config.",
  "deploy.problem.escape":
    "{name} opens a way from its containers to their host ({what}). Only admins may deploy that.",
  "deploy.problem.config":
    "The config {name} exists with another content, and Docker never changes the content of one. Give it another name.",
  "deploy.problem.foreign": "{name} exists and belongs to no stack, or to another one.",
  "deploy.ignored.build":
    "{name}: build is ignored. Build the image, push it to a registry, and name it with image.",
  "deploy.ignored.containerName": "{name}: container_name is ignored. Swarm names its tasks itself.",
  "deploy.ignored.restart": "{name}: restart is ignored. Use deploy.restart_policy.",
  "deploy.ignored.dependsOn":
    "{name}: depends_on is ignored. Swarm starts all services at once: let them try again until what they need is there.",
  "deploy.ignored.links":
    "{name}: links are ignored. Services find each other by name on a network they share.",
  "deploy.ignored.networkMode":
    "{name}: network_mode is ignored. Use networks, with the external network host if you must.",
  "deploy.ignored.privileged":
    "{name}: privileged and devices are ignored. Services have cap_add and mounts.",
  "deploy.ignored.securityOpt": "{name}: security_opt is ignored by stacks.",
  "deploy.ignored.namespaces": "{name}: namespaces and control groups cannot be chosen in a stack.",
  "deploy.ignored.domainname": "{name}: domainname is ignored. Use hostname.",
  "deploy.ignored.macAddress": "{name}: mac_address is ignored.",
  "deploy.ignored.shmSize": "{name}: shm_size is ignored. Mount a tmpfs on /dev/shm instead.",
  "deploy.ignored.tmpfs": "{name}: tmpfs is ignored. Use a volume of type tmpfs.",
  "deploy.ignored.expose":
    "{name}: expose does nothing. Services of one network reach all ports of each other.",
  "deploy.refused.extends":
    "{name}: extends is not possible in a stack. Use anchors, or a second file that overrides.",
  "deploy.refused.profiles": "{name}: profiles are not possible in a stack. Use a file of its own.",
  "deploy.refused.memLimit":
    "{name}: mem_limit is not possible in a stack. Use deploy.resources.limits.memory.",
  "deploy.refused.cpus": "{name}: cpus is not possible here. Use deploy.resources.limits.cpus.",
  "deploy.refused.scale": "{name}: scale is not possible here. Use deploy.replicas.",
  "deploy.refused.pullPolicy":
    "{name}: pull_policy is not possible in a stack. Nodes look for the image anew for each task.",
  "deploy.refused.platform":
    "{name}: platform is not possible in a stack. Use deploy.placement.constraints with node.platform.arch.",
  "deploy.refused.dependsOn":
    "{name}: depends_on with conditions is not possible in a stack, which starts all services at once. Leave it out.",
  "deploy.refusal.driver":
    "The network {name} is of the driver {driver}. Only admins may make others than overlays.",
  "deploy.refusal.data": "{name} has a content that did not come with this deploy",
  "deploy.refusal.changed": "{name} was changed by somebody else after the plan was made",
  "deploy.preflight.port": "{name} publishes port {port}, which {holder} has already.",
  "deploy.preflight.place": "{name}: {why}",
  "deploy.preflight.missing.secrets": "The external secret {name} does not exist.",
  "deploy.preflight.missing.configs": "The external config {name} does not exist.",
  "deploy.preflight.missing.networks": "The external network {name} does not exist in the swarm.",
  "deploy.words.writing": "The docker command writes the services.",
  "deploy.words.converging": {
    one: "{done} of {n} service has converged.",
    other: "{done} of {n} services have converged.",
  },
  "deploy.words.completed": {
    one: "Its changed service has converged.",
    other: "All {n} changed services have converged.",
  },
  "deploy.words.quiet": "Nothing was different: no task was replaced.",
  "deploy.words.trouble": "{name}: {why}",
  "deploy.words.troubleTask": "{name}: task {task} failed. {why}",
  "deploy.words.troubleTaskOn": "{name}: task {task} on {node} failed. {why}",
  "deploy.words.refused": "Nothing was written to a service: {why}",
  "deploy.words.partly": "{written} of {n} services were written, then it ended: {why}",
  "deploy.words.interrupted":
    "Interrupted: Shoal was ended when {written} of {n} services were written. Deploy it again to finish.",
  "deploy.remove.confirm": {
    one: "This removes the stack {stack} with {n} service, its networks, secrets and configs. Volumes stay.",
    other:
      "This removes the stack {stack} with {n} services, its networks, secrets and configs. Volumes stay.",
  },
  "deploy.stop.stays": "{name} keeps running: a {mode} service has no number of replicas.",
  "deploy.start.nothing": "Nothing of {stack} was stopped here.",
} as const;
