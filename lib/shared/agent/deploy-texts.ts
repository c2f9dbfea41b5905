import type { JoinInfo } from "../api/agent-types.ts";
import type { ServiceView } from "../model/types.ts";
import type { AgentScope } from "./scope.ts";

/** The texts of the server with another scope than the one they were made with. */
export function withScope(info: JoinInfo, scope: AgentScope): JoinInfo {
  const set = (text: string) => text.replace(/(SHOAL_SCOPE[:=] ?)exec\b/, `$1${scope}`);
  return { ...info, stackFile: set(info.stackFile), runCommand: set(info.runCommand) };
}

/** The one command that brings the agents of a swarm to the server's version. */
export function updateCommand(services: readonly ServiceView[], serverVersion: string): string {
  const agent = services.find(
    ({ name, image }) => /(^|_)agent$/.test(name) && /(^|\/)shoal$/.test(image.name),
  );
  return `docker service update --image ${agent?.image.name ?? "shoal"}:${serverVersion} ${agent?.name ?? "shoal_agent"}`;
}
