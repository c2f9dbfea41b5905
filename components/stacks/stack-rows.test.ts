import { describe, expect, it } from "vitest";
import type { StackItem } from "#lib/shared/api/resource-types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { aModel, aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import { stackRows } from "./stack-rows.ts";

function item(name: string, parts: Partial<StackItem> = {}): StackItem {
  return {
    name,
    health: null,
    services: 0,
    tasksRunning: 0,
    tasksDesired: 0,
    networks: 0,
    secrets: 0,
    configs: 0,
    updatedAt: 7,
    ...parts,
  };
}

const model = aModel({
  nodes: [aNode()],
  services: [
    aService({ id: "api", name: "web_api", stack: "web", updatedAt: 5 }),
    aService({ id: "db", name: "web_db", stack: "web" }),
    aService({ id: "bad", name: "lab_mailer", stack: "lab" }),
    aService({ id: "worse", name: "lab_render", stack: "lab" }),
    aService({ id: "alone", name: "alone", stack: null }),
  ],
  tasks: [
    aTask({ serviceId: "api" }),
    aTask({ serviceId: "db" }),
    aTask({ serviceId: "alone" }),
    aTask({ serviceId: "bad", state: "failed", exitCode: 1 }),
    aTask({ serviceId: "worse", state: "pending", nodeId: null, error: "no suitable node", slot: 1 }),
  ],
});

describe("stackRows", () => {
  it("sums services up, trouble first, with the name of the worst", () => {
    const rows = stackRows(
      model,
      [item("web", { networks: 1, secrets: 2 }), item("gone"), item("left", { configs: 1 })],
      100_000,
    );
    expect(
      rows.map(({ name, health, running, desired, parts }) => ({
        name,
        health: health && `${say(t, health.word)} ${health.cause ? say(t, health.cause) : ""}`.trim(),
        tasks: `${running}/${desired}`,
        networks: parts?.networks ?? null,
      })),
    ).toEqual([
      {
        name: "lab",
        health: "Failing mailer: exit 1, the program reported an error, and 1 more",
        tasks: "0/2",
        networks: null,
      },
      { name: "web", health: "Healthy", tasks: "2/2", networks: 1 },
      { name: null, health: "Healthy", tasks: "1/1", networks: null },
      { name: "left", health: null, tasks: "0/0", networks: 0 },
    ]);
    expect(rows[1]?.updatedAt).toBe(7);
  });
});
