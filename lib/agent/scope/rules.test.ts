import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type BodyPolicy, type MaskName, type Rule, rules } from "./rules.ts";

const hides: Readonly<Record<MaskName, string>> = {
  specs: "environments and driver options",
  configs: "the content",
  volumes: "options of volumes",
  history: "build arguments and environments",
};

const bodies: Readonly<Record<BodyPolicy, string>> = {
  serviceUpdate: "only what is listed below",
  nodeUpdate: "only the availability",
  volumeCreate: "no driver options",
  networkCreate: "only the engine's own drivers",
  networkJoin: "only addresses and aliases",
};

function note({ mask, body, values }: Rule): string {
  if (body) return bodies[body];
  if (mask) return `\`read\` hides ${hides[mask]}`;
  return values?.ps_args ? "only the usual `ps` options" : values?.fromImage ? "from a registry" : "";
}

function table(): string {
  const rows = rules.map((rule) => {
    const query = (rule.query ?? []).map((key) => `\`${key}\``).join(" ");
    return `| \`${rule.method} ${rule.path}\` | ${rule.scope} | ${query} | ${note(rule)} |`;
  });
  return ["| request | least scope | query | |", "|---|---|---|---|", ...rows].join("\n");
}

test("the table of docs/agent-scopes.md is the one the agent holds to", () => {
  const text = readFileSync(new URL("../../../docs/agent-scopes.md", import.meta.url), "utf8");
  const shown = /<!-- rules:[^>]*-->\n([\s\S]*?)\n<!-- \/rules -->/.exec(text)?.[1];
  expect(shown).toBe(table());
});

test("no rule is there twice, and each value it judges is one it knows", () => {
  const names = rules.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(names).size).toBe(names.length);
  for (const { query, values } of rules) {
    for (const key of Object.keys(values ?? {})) expect(query).toContain(key);
  }
});

test("reading needs no more than GET and HEAD", () => {
  expect(rules.filter(({ scope, method }) => scope === "read" && !["GET", "HEAD"].includes(method))).toEqual(
    [],
  );
});
