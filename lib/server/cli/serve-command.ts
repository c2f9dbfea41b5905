import { loadConfig } from "#lib/server/config/config.ts";
import { settingsHelp } from "#lib/server/config/describe-variables.ts";
import { variableFlags } from "#lib/server/config/flags.ts";
import type { Command } from "./command.ts";

/** `shoal serve`: the server itself. Resolves when it listens; the process lives on until it is asked to end. */
export const serveCommand: Command = {
  name: "serve",
  usage: "[--port NUMBER] [--data-dir FOLDER] …",
  summary: "Serve the web page and the API.",
  details: () => `Settings, each as a flag or as a variable; the flag wins:\n${settingsHelp()}`,
  options: variableFlags(),
  words: 0,
  async run({ flags, env, home, build, version }) {
    const config = loadConfig(flags, env);
    const { serve } = await import("#lib/server/main.ts");
    await serve(config, { dir: home, dev: false, build, version });
  },
};
