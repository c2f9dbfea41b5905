import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { baseImage } from "./base-image.ts";
import { command } from "./command.ts";

/** Where Debian's package puts the plugin, in the stand-in for the image's base. */
const inImage = "./usr/libexec/docker/cli-plugins/docker-compose";

/** A docker command with a compose plugin, for SHOAL_DOCKER_CLI; or why there is none on this machine. */
export type ComposeOnMachine = { readonly dockerCli: string } | { readonly missing: string };

/**
 * Debian bookworm has no compose plugin: that of trixie is taken out of the stand-in for the image's base, and lies
 * beside a link to this machine's docker command. Made once, in the same folder as the stand-in.
 */
export async function composePlugin(): Promise<ComposeOnMachine> {
  const base = await baseImage();
  if ("missing" in base) return base;
  const folder = join(dirname(base.file), `compose-of-${base.file.split("/").at(-1) ?? ""}`);
  const dockerCli = join(folder, "docker");
  if (existsSync(dockerCli)) return { dockerCli };
  // Under another name until it is whole: suites run side by side.
  const making = `${folder}.${process.pid}`;
  mkdirSync(join(making, "cli-plugins"), { recursive: true });
  await command("tar", [
    "-xf",
    base.file,
    "-C",
    join(making, "cli-plugins"),
    "--strip-components=5",
    inImage,
  ]);
  symlinkSync((await command("which", ["docker"])).trim(), join(making, "docker"));
  try {
    renameSync(making, folder);
  } catch {
    rmSync(making, { recursive: true, force: true });
  }
  return { dockerCli };
}
