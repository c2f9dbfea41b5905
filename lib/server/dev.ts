import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "#lib/server/config/config.ts";
import { variableFlags } from "#lib/server/config/flags.ts";
import { serve } from "./main.ts";

/** Entry of `npm run dev`: the server from source, with Next compiling pages as they are asked for. */
const dir = resolve(import.meta.dirname, "../..");
const { version }: { version: string } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
const { values } = parseArgs({ options: variableFlags() });
await serve(loadConfig(values, process.env), {
  dir,
  dev: true,
  build: "dev",
  version,
});
