/** Labels that compose gives to what it makes. */
export const composeLabels = {
  project: "com.docker.compose.project",
  service: "com.docker.compose.service",
  replace: "com.docker.compose.replace",
  workingDir: "com.docker.compose.project.working_dir",
  files: "com.docker.compose.project.config_files",
} as const;

/** Shoal's own: a container of before that is kept until its successor runs. */
export const keptSuffix = "_before_";
