import { expect, test } from "vitest";
import type { Query } from "./reads.ts";
import { ServiceLists } from "./service-list.ts";

/** Lists on an engine that tells these texts. */
function listsOf(told: () => readonly string[], asked: Query[] = []): ServiceLists {
  return new ServiceLists({
    listWithTexts: async <T>(_path: string, query?: Query, known?: ReadonlyMap<string, T>) => {
      asked.push(query ?? {});
      return told().map((text) => ({ text, value: known?.get(text) ?? (JSON.parse(text) as T) }));
    },
  });
}

test("a service is the same object as long as the engine tells it in the same words, also when it is asked for alone", async () => {
  let told = ['{"ID":"a"}', '{"ID":"b"}'];
  const asked: Query[] = [];
  const lists = listsOf(() => told, asked);
  const first = await lists.read(null);
  told = ['{"ID":"b"}', '{"ID":"a","Version":{"Index":2}}'];
  const second = await lists.read(null);
  expect(second.services[0]).toBe(first.services[1]);
  expect(second.services[1]).toEqual({ ID: "a", Version: { Index: 2 } });
  expect(second.texts).toEqual(told);
  told = ['{"ID":"b"}'];
  expect((await lists.read(["b"])).services[0]).toBe(first.services[1]);
  expect(asked).toEqual([{ status: true }, { status: true }, { status: true, filters: { id: ["b"] } }]);
});

test("what a list of all no longer holds is not remembered", async () => {
  let told = ['{"ID":"a"}'];
  const lists = listsOf(() => told);
  const first = await lists.read(null);
  told = [];
  await lists.read(null);
  told = ['{"ID":"a"}'];
  const again = await lists.read(null);
  expect(again.services).toEqual(first.services);
  expect(again.services[0]).not.toBe(first.services[0]);
});
