import { expect, test } from "vitest";
import { AppError } from "#lib/shared/errors.ts";
import { bindPathExists } from "./bind-path.ts";

const saying = (engineText: string) => ({
  send: async () => {
    throw new AppError("invalid_input", "refused", { engineText });
  },
});
const signal = new AbortController().signal;
const ask = (text: string) => bindPathExists(saying(text), "/srv", signal);

// Texts of engine 20.10; newer ones write the second in lower case.
test.each([
  ['invalid mount config for type "bind": bind source path does not exist: /srv', false],
  ["No command specified", true],
  ["no command specified", true],
])("%s", async (text, exists) => expect(await ask(text)).toBe(exists));

test("anything else is no answer", async () => {
  const refusal =
    "invalid mount config for type \"bind\": invalid mount path: 'srv' mount path must be absolute";
  await expect(ask(refusal)).rejects.toMatchObject({ engineText: refusal });
});
