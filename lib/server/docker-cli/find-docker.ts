import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** The docker command of this machine: the one that is named, else the first on PATH. Throws AppError where there is none. */
export function findDockerCli(named: string | null): string {
  const { PATH = "" } = process.env;
  const candidates = named
    ? [named]
    : PATH.split(delimiter)
        .filter(Boolean)
        .map((folder) => join(folder, "docker"));
  const found = candidates.find(isExecutable);
  if (found === undefined) {
    throw new AppError(
      "no_docker_cli",
      named ? t("deploy.error.cliNamed", { path: named }) : t("deploy.error.cli"),
    );
  }
  return found;
}

/** May this process run it? */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
