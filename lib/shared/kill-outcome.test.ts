import { expect, it } from "vitest";
import { say } from "./i18n/phrase.ts";
import { t } from "./i18n/translate.ts";
import { killOutcome } from "./kill-outcome.ts";

const service = {
  name: "web",
  mode: "replicated",
  restartCondition: "any",
  restartDelayMs: 5000,
  restartMaxAttempts: 0,
} as const;

it.each([
  [{}, "Swarm starts a new task in 5 s."],
  [
    { restartMaxAttempts: 3 },
    "Swarm starts a new task in 5 s, unless the 3 attempts it may make are used up.",
  ],
  [
    { restartCondition: "none" as const },
    "The restart condition of web is none: swarm does not replace the task until the service is restarted.",
  ],
  [
    { restartCondition: "on-failure" as const },
    "The restart condition of web is on-failure: swarm starts a new task in 5 s, but not if the program ends with exit 0.",
  ],
  [
    { mode: "global-job" as const },
    "web is a job: swarm starts the task again only as its restart condition says.",
  ],
])("%j", (part, expected) => {
  expect(say(t, killOutcome({ ...service, ...part }))).toBe(expected);
});
