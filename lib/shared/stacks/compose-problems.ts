import { type MessageKey, t } from "../i18n/translate.ts";
import type { StackProblem } from "./types.ts";

/** A compose file as plain values, with the line of each of them. */
export interface ComposeFile {
  readonly file: string;
  readonly value: unknown;
  lineOf(path: readonly string[]): number | null;
  keysNamed(name: string): readonly { readonly line: number; readonly value: unknown }[];
}

/** What `docker stack deploy` does not do although the file asks for it, and what to use instead. */
const ignored: Readonly<Record<string, MessageKey>> = {
  build: "deploy.ignored.build",
  container_name: "deploy.ignored.containerName",
  restart: "deploy.ignored.restart",
  depends_on: "deploy.ignored.dependsOn",
  links: "deploy.ignored.links",
  external_links: "deploy.ignored.links",
  network_mode: "deploy.ignored.networkMode",
  privileged: "deploy.ignored.privileged",
  devices: "deploy.ignored.privileged",
  security_opt: "deploy.ignored.securityOpt",
  pid: "deploy.ignored.namespaces",
  ipc: "deploy.ignored.namespaces",
  userns_mode: "deploy.ignored.namespaces",
  cgroup_parent: "deploy.ignored.namespaces",
  cgroupns_mode: "deploy.ignored.namespaces",
  domainname: "deploy.ignored.domainname",
  mac_address: "deploy.ignored.macAddress",
  shm_size: "deploy.ignored.shmSize",
  tmpfs: "deploy.ignored.tmpfs",
  expose: "deploy.ignored.expose",
};

/** Keys of the compose format that the docker command refuses in a stack. */
const refused: Readonly<Record<string, MessageKey>> = {
  extends: "deploy.refused.extends",
  profiles: "deploy.refused.profiles",
  mem_limit: "deploy.refused.memLimit",
  cpus: "deploy.refused.cpus",
  scale: "deploy.refused.scale",
  pull_policy: "deploy.refused.pullPolicy",
  platform: "deploy.refused.platform",
};

/** What a compose file says that will not happen, or cannot: judged by the file alone. `given`: names of files beside it. */
export function composeProblems(compose: ComposeFile, given: ReadonlySet<string>): readonly StackProblem[] {
  const root = membersOf(compose.value);
  if (root === null) return [problem(compose, "error", t("deploy.problem.noMap"), [])];
  const services = membersOf(root.services) ?? {};
  return [
    ...Object.entries(services).flatMap(([name, service]) => serviceProblems(compose, name, service)),
    ...filesOf(compose, root, "secrets", given),
    ...filesOf(compose, root, "configs", given),
    ...envFileProblems(compose, given),
  ];
}

function serviceProblems(compose: ComposeFile, name: string, service: unknown): readonly StackProblem[] {
  const members = membersOf(service);
  if (members === null) return [];
  const found: StackProblem[] = [];
  for (const key of Object.keys(members)) {
    const [why, not] = [ignored[key], refused[key]];
    const path = ["services", name, key];
    if (key === "depends_on" && membersOf(members[key]) !== null)
      found.push(problem(compose, "error", t("deploy.refused.dependsOn", { name }), path));
    else if (not !== undefined) found.push(problem(compose, "error", t(not, { name }), path));
    else if (why !== undefined) found.push(problem(compose, "warning", t(why, { name }), path));
  }
  return [...found, ...relativePathProblems(compose, name, members.volumes, "deploy.problem.relative")];
}

/** The docker command makes a relative path one of the folder it runs in: here that is none of any node. */
export function relativePathProblems(
  compose: ComposeFile,
  name: string,
  volumes: unknown,
  words: MessageKey,
): readonly StackProblem[] {
  if (!Array.isArray(volumes)) return [];
  return volumes.flatMap((volume: unknown, index) => {
    const members = membersOf(volume);
    const isBind = members?.type === "bind";
    const source =
      typeof volume === "string"
        ? volume.includes(":")
          ? (volume.split(":")[0] ?? "")
          : ""
        : members?.source;
    if (typeof source !== "string" || (members !== null && !isBind)) return [];
    const isRelative = /^(\.|~)/.test(source) || (isBind && !source.startsWith("/") && !source.includes("$"));
    if (!isRelative) return [];
    const path = ["services", name, "volumes", String(index)];
    return [problem(compose, "error", t(words, { name, path: source.slice(0, 100) }), path)];
  });
}

/** Secrets and configs are read from files that came with the deploy, never from the server's own. */
function filesOf(
  compose: ComposeFile,
  root: Readonly<Record<string, unknown>>,
  kind: "secrets" | "configs",
  given: ReadonlySet<string>,
): readonly StackProblem[] {
  return Object.entries(membersOf(root[kind]) ?? {}).flatMap(([name, part]) => {
    const file = membersOf(part)?.file;
    if (file === undefined || isGiven(file, given)) return [];
    return [
      problem(compose, "error", t("deploy.problem.file", { name, file: shown(file) }), [kind, name, "file"]),
    ];
  });
}

/** `env_file` that names what did not come with the deploy. */
export function envFileProblems(compose: ComposeFile, given: ReadonlySet<string>): readonly StackProblem[] {
  return compose.keysNamed("env_file").flatMap(({ line, value }) => {
    const files = Array.isArray(value) ? value : [value];
    return files
      .filter((file) => !isGiven(file, given))
      .map((file) => ({
        severity: "error" as const,
        message: t("deploy.problem.envFile", { file: shown(file) }),
        file: compose.file,
        line,
      }));
  });
}

/** A variable could lead anywhere, so a name must be written out. */
function isGiven(file: unknown, given: ReadonlySet<string>): boolean {
  return typeof file === "string" && given.has(file.replace(/^\.\//, ""));
}

function shown(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 100) : "…";
}

function problem(
  compose: ComposeFile,
  severity: StackProblem["severity"],
  message: string,
  path: readonly string[],
): StackProblem {
  return { severity, message, file: compose.file, line: compose.lineOf(path) };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
