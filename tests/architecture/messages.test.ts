import { expect, test } from "vitest";
import { account } from "#lib/shared/i18n/en/account.ts";
import { agents } from "#lib/shared/i18n/en/agents.ts";
import { audit } from "#lib/shared/i18n/en/audit.ts";
import { consoles } from "#lib/shared/i18n/en/consoles.ts";
import { containers } from "#lib/shared/i18n/en/containers.ts";
import { deploy } from "#lib/shared/i18n/en/deploy.ts";
import { edit } from "#lib/shared/i18n/en/edit.ts";
import { events } from "#lib/shared/i18n/en/events.ts";
import { failure } from "#lib/shared/i18n/en/failure.ts";
import { files } from "#lib/shared/i18n/en/files.ts";
import { filters } from "#lib/shared/i18n/en/filters.ts";
import { history } from "#lib/shared/i18n/en/history.ts";
import { home } from "#lib/shared/i18n/en/home.ts";
import { logs } from "#lib/shared/i18n/en/logs.ts";
import { networks } from "#lib/shared/i18n/en/networks.ts";
import { newer } from "#lib/shared/i18n/en/newer.ts";
import { palette } from "#lib/shared/i18n/en/palette.ts";
import { people } from "#lib/shared/i18n/en/people.ts";
import { projects } from "#lib/shared/i18n/en/projects.ts";
import { registries } from "#lib/shared/i18n/en/registries.ts";
import { resources } from "#lib/shared/i18n/en/resources.ts";
import { server } from "#lib/shared/i18n/en/server.ts";
import { states } from "#lib/shared/i18n/en/states.ts";
import { swarmPage } from "#lib/shared/i18n/en/swarm-page.ts";
import { usage } from "#lib/shared/i18n/en/usage.ts";
import { webhooks } from "#lib/shared/i18n/en/webhooks.ts";
import { en } from "#lib/shared/i18n/en.ts";
import { sourceFiles } from "./sources.ts";

/** Areas that are loaded with the pages that speak of them, `lib/shared/i18n/pages`. */
const pageAreas: Readonly<Record<string, object>> = {
  account,
  agents,
  audit,
  containers,
  consoles,
  edit,
  webhooks,
  deploy,
  events,
  files,
  filters,
  history,
  home,
  logs,
  networks,
  newer,
  palette,
  people,
  projects,
  registries,
  resources,
  server,
  states,
  "swarm-page": swarmPage,
  usage,
};

const code = sourceFiles(".ts", ".tsx")
  .filter(({ path }) => /^(app|components|lib)\//.test(path))
  .filter(({ path }) => !path.startsWith("lib/shared/i18n/en") && !/\.test\.tsx?$/.test(path))
  .map(({ text }) => text)
  .join("\n");

/** Keys written out, and the fixed beginnings of keys that are put together: `services.exit.${word}`. */
const literals = new Set([...code.matchAll(/["'`]([a-z][\w-]*(?:\.[\w-]+)+)["'`]/gi)].map(([, key]) => key));
const beginnings = [...code.matchAll(/`([a-z][\w-]*\.(?:[\w-]+\.)*[\w-]*)\$\{/gi)].map(
  ([, start]) => start ?? "",
);

const isUsed = (key: string) => literals.has(key) || beginnings.some((start) => key.startsWith(start));

test("every message of the catalogue is used somewhere", () => {
  const keys = [en, failure, ...Object.values(pageAreas)].flatMap(Object.keys);
  expect(keys.length).toBeGreaterThan(10);
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});

test("a file that says something of a page's area loads it", () => {
  const silent = sourceFiles(".ts", ".tsx")
    .filter(({ path }) => /^(app|components|lib\/client)\//.test(path) && !path.startsWith("app/api/"))
    .flatMap(({ path, text }) =>
      Object.entries(pageAreas)
        .filter(([, messages]) => Object.keys(messages).some((key) => text.includes(`"${key}"`)))
        .filter(([area]) => !text.includes(`import "#lib/shared/i18n/pages/${area}.ts";`))
        .map(([area]) => `${path} says something of ${area}`),
    );
  expect(silent).toEqual([]);
});

test("a key nobody says is noticed", () => {
  expect(isUsed("nowhere.said")).toBe(false);
});
