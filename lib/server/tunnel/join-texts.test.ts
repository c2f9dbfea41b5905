import { expect, test } from "vitest";
import { withScope } from "#lib/shared/agent/deploy-texts.ts";
import { agentScopes } from "#lib/shared/agent/scope.ts";
import { joinTexts } from "./join-texts.ts";

const key = "shoaljoin_abc";
const info = { key, expiresAt: null, ...joinTexts({ key, origin: "https://shoal.example" }) };

test.each(agentScopes)("the scope %s stands in both texts, once", (scope) => {
  const { stackFile, runCommand } = withScope(info, scope);
  expect(stackFile.match(/^ +SHOAL_SCOPE: (\w+)$/m)?.[1]).toBe(scope);
  expect(runCommand.match(/-e SHOAL_SCOPE=(\w+) /)?.[1]).toBe(scope);
});

test("the stack file does not carry the key, which goes into a secret of the swarm", () => {
  expect(info.stackFile).not.toContain(key);
  expect(info.stackCommands).toContain(key);
  expect(info.runCommand).toContain(key);
});

test("plain http is told from https", () => {
  expect(info.encrypted).toBe(true);
  expect(joinTexts({ key, origin: "http://10.0.0.1:9000" }).encrypted).toBe(false);
});
