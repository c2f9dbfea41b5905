import type { z } from "zod";
import type { ClusterContainers, ContainerRef } from "#lib/server/container-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { consoleBody } from "#lib/shared/terminal/schemas.ts";
import type { ConsolePlan } from "./console-process.ts";
import { findShell, noShell } from "./find-shell.ts";

export type ConsoleInput = z.output<typeof consoleBody>;

/** What a console of this container will be. Throws where there can be none, and says why. */
export async function planConsole(
  containers: Pick<ClusterContainers, "find">,
  ref: ContainerRef,
  input: ConsoleInput,
): Promise<ConsolePlan> {
  const target = await containers.find(ref);
  const { State, Config } = target.value;
  const { name } = target;
  if (State?.Running !== true || State.Restarting === true) {
    const state = State?.Status ?? "";
    throw new AppError("conflict", t("consoles.error.notRunning", { name, state }));
  }
  if (State.Paused === true) throw new AppError("conflict", t("consoles.error.paused", { name }));
  if (input.kind === "attach") {
    if (input.command || input.user !== undefined || input.tty !== undefined) {
      throw new AppError("invalid_input", t("consoles.error.attachOptions"));
    }
    const tty = Config?.Tty === true;
    // Without a terminal, "once" means that its input ends with the first who leaves.
    const readOnly = Config?.OpenStdin !== true || (Config.StdinOnce === true && !tty);
    return { kind: "attach", target, command: [], user: "", tty, readOnly, shell: null };
  }
  const shell = await findShell(target);
  const command = input.command ?? (shell === null ? null : [shell]);
  if (command === null) throw noShell(target);
  const { user = "", tty = true } = input;
  return { kind: "exec", target, command, user, tty, readOnly: false, shell };
}
