import { isAppError } from "#lib/shared/errors.ts";
import type { Engine } from "./engine.ts";

/** What an engine says of a bind whose source is not there (measured on 20.10; the same words in moby's mount checks since). */
const missing = /bind source path does not exist/i;
/** What it says next, of a container that has neither an image nor a command. */
const passed = /no command specified/i;

/**
 * Is there a file or folder at this path of the engine's machine? The engine judges the mounts of a new container first,
 * and this one cannot be made for another reason: nothing is made, pulled or changed. Throws AppError, of a path that is
 * none too.
 */
export async function bindPathExists(
  engine: Pick<Engine, "send">,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  const body = { Image: "", HostConfig: { Mounts: [{ Type: "bind", Source: path, Target: "/x" }] } };
  try {
    await engine.send("POST", "/containers/create", { body, signal });
  } catch (error) {
    const said = isAppError(error) ? (error.engineText ?? "") : "";
    if (missing.test(said)) return false;
    if (passed.test(said)) return true;
    throw error;
  }
  throw new Error("an engine made a container out of nothing");
}
