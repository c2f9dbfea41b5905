import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

// The names scripts/test/machine.mjs looks for before it installs one.
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The machine's own Chromium; undefined when there is none, and then Playwright uses the one it has downloaded. */
export function findChromium(path = process.env.PATH ?? ""): string | undefined {
  const candidates = NAMES.flatMap((name) => path.split(delimiter).map((folder) => join(folder, name)));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
