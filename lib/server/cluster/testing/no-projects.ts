import { tmpdir } from "node:os";
import type { KeptProjects } from "#lib/server/projects/cluster-projects.ts";

/** For clusters of tests in which no project is deployed: nothing is kept. */
export const noProjects: KeptProjects = {
  table: {
    add: () => 0,
    save: () => undefined,
    keepRescue: () => undefined,
    versions: () => [],
    byId: () => null,
    content: () => null,
    open: () => [],
    known: () => [],
  },
  sealKey: "",
  workDir: tmpdir(),
  dockerCli: null,
};
