import { tmpdir } from "node:os";
import type { KeptStacks } from "#lib/server/stacks/cluster-stacks.ts";

/** For clusters of tests in which no stack is deployed: nothing is kept. */
export const noStacks: KeptStacks = {
  tables: {
    add: () => 0,
    save: () => undefined,
    list: () => [],
    byId: () => null,
    content: () => null,
    open: () => [],
    followed: () => [],
    keepReplaced: () => undefined,
    stop: () => undefined,
    stopped: () => [],
    started: () => undefined,
  },
  sealKey: "",
  workDir: tmpdir(),
  dockerCli: null,
};
