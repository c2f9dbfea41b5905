import type { JoinInfo } from "#lib/shared/api/agent-types.ts";

/** Image of the agent in the texts: the same as the server's. */
const image = "shoal";

/** What to type where so that nodes come in: a stack for a swarm, one command for a single engine. Pure. */
export function joinTexts({
  key,
  origin,
}: {
  readonly key: string;
  readonly origin: string;
}): Omit<JoinInfo, "key" | "expiresAt"> {
  const encrypted = origin.startsWith("https:");
  return {
    server: origin,
    encrypted,
    stackFile: stackFile(origin),
    stackCommands: [
      `printf %s '${key}' | docker secret create shoal_join_key -`,
      "docker stack deploy -c shoal-agents.yml shoal-agents",
    ].join("\n"),
    runCommand: [
      "docker run -d --name shoal-agent --restart unless-stopped \\",
      "  -v /var/run/docker.sock:/var/run/docker.sock \\",
      "  -v /var/lib/docker/volumes:/var/lib/docker/volumes \\",
      "  -v /proc:/host/proc:ro -v /sys/fs/cgroup:/host/cgroup:ro \\",
      "  -v shoal_agent:/data \\",
      `  -e SHOAL_SERVER=${origin} \\`,
      `  -e SHOAL_JOIN_KEY=${key} \\`,
      "  -e SHOAL_SCOPE=exec \\",
      `  ${image} agent`,
    ].join("\n"),
  };
}

function stackFile(origin: string): string {
  return `# Shoal's agent on every node of this swarm. First, on a manager: the secret shoal_join_key (see Add nodes).
# SHOAL_SCOPE: read, operate or exec, what Shoal may do on the nodes at most (docs/agents.md).
version: "3.8"

services:
  agent:
    image: \${SHOAL_IMAGE:-${image}}
    command: agent
    environment:
      SHOAL_SERVER: ${origin}
      SHOAL_JOIN_KEY_FILE: /run/secrets/shoal_join_key
      SHOAL_SCOPE: exec
    secrets: [shoal_join_key]
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
      - /var/lib/docker/volumes:/var/lib/docker/volumes
      - /proc:/host/proc:ro
      - /sys/fs/cgroup:/host/cgroup:ro
      - agent_data:/data
    deploy:
      mode: global
      # Updates one node after the other, and goes back by itself when the new version does not start.
      update_config: { parallelism: 1, order: stop-first, failure_action: rollback }

volumes:
  agent_data:

secrets:
  shoal_join_key:
    external: true
`;
}
