import { joinCommand } from "#lib/shared/terminal/split-command.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("openConsole", async ({ runtime, caller, params, query, body, audit }) => {
  const { node } = query;
  const ticket = await runtime.consoles.prepare(caller, params.cluster, { ref: params.id, node }, body);
  const { kind, command, user } = ticket;
  audit(`container ${ticket.container.name}`, {
    node: ticket.node.name,
    kind,
    ...(command && { command: joinCommand(command).slice(0, 300) }),
    ...(user !== "" && { user }),
  });
  return ticket;
});
