import { expect, test } from "vitest";
import type { ServiceView } from "../model/types.ts";
import { updateCommand } from "./deploy-texts.ts";

const service = (name: string, image: string) =>
  ({ name, image: { name: image, tag: null, digest: null } }) as unknown as ServiceView;

test("updates the service that runs the agents, wherever its image comes from", () => {
  const all = [service("web_agent", "acme/agent"), service("shoal-agents_agent", "ghcr.io/acme/shoal")];
  expect(updateCommand(all, "1.2.0")).toBe(
    "docker service update --image ghcr.io/acme/shoal:1.2.0 shoal-agents_agent",
  );
});

test("names the service of the stack file where none is seen", () => {
  expect(updateCommand([], "1.2.0")).toBe("docker service update --image shoal:1.2.0 shoal_agent");
});
