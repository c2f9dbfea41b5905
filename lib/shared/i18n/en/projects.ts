/** Messages about compose projects. Keys start with "projects.". */
export const projects = {
  "projects.compose.missing":
    "The docker command {program} has no compose plugin. Install it (Debian: docker-compose, Docker's own packages: docker-compose-plugin), or put the program docker-compose beside it. Shoal's image has it.",
  "projects.error.name":
    "“{name}” is no name for a project: small letters, digits, dashes and underscores, beginning with a letter or digit, at most 63.",
  "projects.error.none": "There is no project {project} on the engines that answer.",
  "projects.error.noRun": "Nothing with the number {id} was done to {project}.",
  "projects.error.noFiles":
    "Shoal does not know the files of {project}, and compose pulls what a file names. Deploy it here once, or pull the images themselves.",
  "projects.error.several": "{project} could be on {nodes}: say which with the parameter node.",
  "projects.error.busy": "{name} is doing something to {project} right now. Wait until that has ended.",
  "projects.error.own":
    "{project} runs this very Shoal, or its agent, which would end in the middle. Change it on its host with docker compose.",
  "projects.error.problem": "{project} was not deployed, and nothing was touched: {problem}",
  "projects.error.otherPlan":
    "{project} is not what it was when this plan was made: somebody has changed it, or the files are others. Look at the plan again.",
  "projects.error.fell": "{name} ended with exit code {code} right after its start.",
  "projects.error.interrupted": "Shoal was ended in the middle.",
  "projects.refusal.call": "{call} is nothing that a project needs",
  "projects.refusal.foreign": "{name} is not of this project",
  "projects.refusal.driver":
    "The network {name} is of the driver {driver}. Only admins may make others than bridges and overlays.",
  "projects.refused.build":
    "{name}: build is not possible here, because Shoal has the file and not the folder. Build the image where its sources are, and name it with image.",
  "projects.refused.provider":
    "Providers and models run programs of the server that reads the file. That is not possible here.",
  "projects.refused.labelFile": "{name}: label_file is not possible here. Write the labels into the file.",
  "projects.refused.credentialSpec": "{name}: credential_spec is not possible here.",
  "projects.refused.apiSocket":
    "{name}: use_api_socket is not possible here. Mount the engine's socket as a volume, if you are an admin.",
  "projects.refused.include":
    "include reads other files. Add them as compose files instead: they are merged in their order.",
  "projects.refused.extends":
    "{name}: extends with a file is not possible here. Extend a service of this file, or add the other as a compose file that overrides.",
  "projects.refused.configsFile":
    "The config {name} is read from a file, and compose would mount that from a folder that is gone afterwards. Write it into the compose file with content:, which is copied into the container.",
  "projects.refused.secretsFile":
    "The secret {name} is read from a file, and compose would mount that from a folder that is gone afterwards. Use environment: with a variable of this deploy, which is copied into the container.",
  "projects.problem.relative":
    "{name} mounts {path}, a path beside the file, and there is no such folder on the engine. Write a path of the engine's host from the root on, or use a named volume.",
  "projects.plan.image": "image {from} becomes {to}",
  "projects.plan.newerImage": "{image} is another image by now",
  "projects.plan.env": "variables {names}",
  "projects.plan.command": "command",
  "projects.plan.entrypoint": "entrypoint",
  "projects.plan.ports": "ports",
  "projects.plan.mounts": "mounts",
  "projects.plan.other": "other settings",
  "projects.words.running.up": "Compose pulls what is missing, and then makes and starts containers.",
  "projects.words.running.pull": "Compose pulls the images.",
  "projects.words.running.stop": "Compose stops the containers.",
  "projects.words.running.start": "Compose starts the containers.",
  "projects.words.running.restart": "Compose restarts the containers.",
  "projects.words.running.down": "Compose takes the project down.",
  "projects.words.restoring": "It failed. What ran before is brought back.",
  "projects.words.done.up": {
    one: "1 container was made and runs.",
    other: "{n} containers were made and run.",
  },
  "projects.words.done.pull": "The images are here. Deploy again to use them.",
  "projects.words.done.stop": "The containers are stopped.",
  "projects.words.done.start": "The containers run.",
  "projects.words.done.restart": "The containers were restarted.",
  "projects.words.done.down": "The project is down.",
  "projects.words.quiet": "Nothing was different: no container was replaced.",
  "projects.words.failed": "It failed: {why}",
  "projects.words.firstFailed": "It failed: {why} What was made is still there, so that you can look.",
  "projects.words.refused": "Nothing was touched: {why}",
  "projects.words.untouched": "It failed, and nothing that ran was touched: {why}",
  "projects.words.restored": "It failed: {why} What ran before runs again: {names}.",
  "projects.words.restoredPartly":
    "It failed: {why} Back from before: {names}. {lost} could not be brought back: {reason}",
  "projects.words.unsettled": "It failed: {why} What became of the containers is not known: look at them.",
  "projects.words.interrupted": "Interrupted: Shoal was ended while compose ran.",
  "projects.words.interruptedOpen":
    "Interrupted: Shoal was ended while compose ran. What ran before is brought back as soon as the engine answers.",
  "projects.output.back": "Shoal: {name} is back as it was before",
  "projects.output.lost": "Shoal: {name} could not be brought back: {why}",
  "projects.remove.confirm": {
    one: "This removes {n} container of {project} and its networks. Volumes stay.",
    other: "This removes {n} containers of {project} and its networks. Volumes stay.",
  },
  "projects.remove.confirmVolumes": {
    one: "This removes {n} container of {project}, its networks, and its volumes with all that is in them.",
    other:
      "This removes {n} containers of {project}, its networks, and its volumes with all that is in them.",
  },
} as const;
