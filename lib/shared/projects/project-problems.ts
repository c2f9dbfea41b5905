import { type MessageKey, t } from "../i18n/translate.ts";
import { type ComposeFile, envFileProblems, relativePathProblems } from "../stacks/compose-problems.ts";
import type { StackProblem } from "../stacks/types.ts";

/** Keys of a service that need something beside the files that came: a folder to build in, a program, a file of the client. */
const refusedInService: Readonly<Record<string, MessageKey>> = {
  build: "projects.refused.build",
  provider: "projects.refused.provider",
  label_file: "projects.refused.labelFile",
  credential_spec: "projects.refused.credentialSpec",
  use_api_socket: "projects.refused.apiSocket",
};

/** Parts of a file that lead to others. */
const refusedOutside: Readonly<Record<string, MessageKey>> = {
  include: "projects.refused.include",
  models: "projects.refused.provider",
};

/** What keeps a compose file from being a project of a dashboard, judged by the file alone. */
export function projectProblems(compose: ComposeFile, given: ReadonlySet<string>): readonly StackProblem[] {
  const root = membersOf(compose.value);
  if (root === null) return [error(compose, t("deploy.problem.noMap"), [])];
  const services = membersOf(root.services) ?? {};
  return [
    ...Object.entries(refusedOutside).flatMap(([key, why]) =>
      root[key] === undefined ? [] : [error(compose, t(why), [key])],
    ),
    ...Object.entries(services).flatMap(([name, service]) => serviceProblems(compose, name, service)),
    ...fileProblems(compose, root, "configs"),
    ...fileProblems(compose, root, "secrets"),
    ...volumeProblems(compose, root.volumes),
    ...envFileProblems(compose, given),
  ];
}

function serviceProblems(compose: ComposeFile, name: string, service: unknown): readonly StackProblem[] {
  const members = membersOf(service);
  if (members === null) return [];
  const refused = Object.entries(refusedInService).flatMap(([key, why]) =>
    members[key] === undefined ? [] : [error(compose, t(why, { name }), ["services", name, key])],
  );
  const { file } = membersOf(members.extends) ?? {};
  const extended =
    file === undefined
      ? []
      : [error(compose, t("projects.refused.extends", { name }), ["services", name, "extends", "file"])];
  return [
    ...refused,
    ...extended,
    ...relativePathProblems(compose, name, members.volumes, "projects.problem.relative"),
  ];
}

/** Compose mounts them from the folder of the file, which is gone when it has ended. `content` and `environment` are copied. */
function fileProblems(
  compose: ComposeFile,
  root: Readonly<Record<string, unknown>>,
  kind: "configs" | "secrets",
): readonly StackProblem[] {
  return Object.entries(membersOf(root[kind]) ?? {}).flatMap(([name, part]) =>
    membersOf(part)?.file === undefined
      ? []
      : [error(compose, t(`projects.refused.${kind}File`, { name }), [kind, name, "file"])],
  );
}

/** `driver_opts: {type: none, o: bind, device: ./data}`: a path beside the file once more. */
function volumeProblems(compose: ComposeFile, volumes: unknown): readonly StackProblem[] {
  return Object.entries(membersOf(volumes) ?? {}).flatMap(([name, volume]) => {
    const device = membersOf(membersOf(volume)?.driver_opts)?.device;
    if (typeof device !== "string" || !/^[.~]/.test(device)) return [];
    const words = t("projects.problem.relative", { name, path: device.slice(0, 100) });
    return [error(compose, words, ["volumes", name, "driver_opts", "device"])];
  });
}

function error(compose: ComposeFile, message: string, path: readonly string[]): StackProblem {
  return { severity: "error", message, file: compose.file, line: compose.lineOf(path) };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
