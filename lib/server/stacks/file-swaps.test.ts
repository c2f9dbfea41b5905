import { expect, it } from "vitest";
import { type CliWrites, routeCliCall } from "./cli-calls.ts";
import type { CliAnswer } from "./cli-exchange.ts";
import { fileLabel, nameOfContent } from "./file-names.ts";
import { createFileSwaps, type FileSwapsOptions } from "./file-swaps.ts";
import type { Sameness, WirePart } from "./same-content.ts";

const data = (text: string) => Buffer.from(text).toString("base64");
const madeName = (text: string) =>
  nameOfContent("key", "local", { kind: "secret", name: "shop_pass", data: data(text) });

/** A secret of the stack with a content that only `compare` of these tests sees. */
const secret = (id: string, name: string, content: string, labels: Record<string, string> = {}) => ({
  content,
  item: {
    ID: id,
    Version: { Index: 7 },
    Spec: { Name: name, Labels: { "com.docker.stack.namespace": "shop", ...labels } },
  } satisfies WirePart,
});
const version = (id: string, name: string, content: string) =>
  secret(id, name, content, { [fileLabel]: "shop_pass" });

type Kept = ReturnType<typeof secret>;

/** The docker command's calls for one secret and one service, against a swarm with these secrets. */
async function run(kept: readonly Kept[], content: string, more: Partial<FileSwapsOptions> = {}) {
  const sent: string[] = [];
  const swaps = createFileSwaps({
    stack: "shop",
    cluster: "local",
    key: "key",
    own: { secret: new Set(["shop_pass"]), config: new Set() },
    load: async () => ({ secrets: kept.map(({ item }) => item), configs: [] }),
    compare: async (_kind, item, wanted): Promise<Sameness> =>
      data(kept.find((each) => each.item === item)?.content ?? "") === wanted ? "same" : "different",
    used: new Set(),
    live: () => null,
    before: null,
    ...more,
  });
  const writes = {
    createPart: async (_kind, body) => {
      sent.push(`create ${body}`);
      return { status: 201, body: '{"ID":"made"}' };
    },
    updatePart: async (_kind, id, body, index) => {
      sent.push(`update ${id} at ${index} ${body}`);
      return { status: 200, body: "" };
    },
    createService: async (body) => {
      sent.push(`service ${body}`);
      return { status: 201, body: "{}" };
    },
  } as Partial<CliWrites> as CliWrites;
  const read = async ({ path }: { path: string }): Promise<CliAnswer> =>
    path === "/secrets"
      ? { status: 200, body: JSON.stringify(kept.map(({ item }) => item)) }
      : { status: 404, body: '{"message":"no such secret"}' };
  const through = swaps.through({ read, writes });
  const call = (method: string, path: string, body = "", query = "") =>
    routeCliCall({ method, path, body, query: new URLSearchParams(query) }, through.read, through.writes);

  const spec = `{"Name":"shop_pass","Labels":{"com.docker.stack.namespace":"shop"},"Data":"${data(content)}"}`;
  const found = await call("GET", "/secrets/shop_pass");
  const { ID = "", Spec } = JSON.parse(found.body) as WirePart;
  const written =
    found.status === 200
      ? await call("POST", `/secrets/${ID}/update`, spec, "version=1")
      : await call("POST", "/secrets/create", spec);
  const list = await call("GET", "/secrets", "", 'filters={"name":{"shop_pass":true}}');
  const listed = (JSON.parse(list.body) as WirePart[]).filter((each) => each.Spec?.Name === "shop_pass");
  const id = listed.at(-1)?.ID ?? "made";
  await call("POST", "/services/create", serviceWith(id, "shop_pass"));
  return {
    found: found.status === 200 ? Spec?.Name : null,
    written,
    sent,
    listed,
    choice: swaps.choices()[0],
  };
}

const serviceWith = (id: string, name: string) =>
  `{"TaskTemplate":{"ContainerSpec":{"Secrets":[{"File":{"Name":"pass"},"SecretID":"${id}","SecretName":"${name}"}]}},"Big":12345678901234567890}`;

it("none is made under the name of the file", async () => {
  const { found, sent, choice } = await run([], "a");
  expect(found).toBeNull();
  expect(sent[0]).toContain('create {"Name":"shop_pass"');
  expect(choice).toMatchObject({ action: "create", chosen: { id: "made", name: "shop_pass" }, old: [] });
});

it("the same content leaves everything as the command alone would", async () => {
  const { found, sent, choice } = await run([secret("one", "shop_pass", "a")], "a");
  expect(found).toBe("shop_pass");
  expect(sent[0]).toMatch(/^update one at 7 .*"Name":"shop_pass"/);
  expect(sent[0]).not.toContain(fileLabel);
  expect(sent[1]).toBe(`service ${serviceWith("one", "shop_pass")}`);
  expect(choice).toMatchObject({ action: "keep", old: [] });
});

it("another content is made under a name of its own, and services name that, at the same path", async () => {
  const { sent, listed, choice, written } = await run([secret("one", "shop_pass", "a")], "b");
  expect(written.status).toBe(200);
  expect(sent[0]).toMatch(
    new RegExp(`^create {"Name":"${madeName("b")}","Labels":{.*"${fileLabel}":"shop_pass"}`),
  );
  expect(listed.map(({ ID }) => ID)).toEqual(["made"]);
  expect(sent[1]).toBe(`service ${serviceWith("made", madeName("b"))}`);
  expect(choice).toMatchObject({
    action: "swap",
    isKnown: true,
    before: { ID: "one" },
    old: [{ id: "one", name: "shop_pass" }],
  });
});

it("a name made from the content is found again, by its label or by itself, and its label stays", async () => {
  for (const kept of [version("two", madeName("b"), "b"), secret("two", madeName("b"), "b")]) {
    const { sent, choice } = await run([kept, secret("one", "shop_pass", "a")], "b");
    expect(sent[0]).toMatch(new RegExp(`^update two at 7 {"Name":"${madeName("b")}"`));
    expect(sent[1]).toBe(`service ${serviceWith("two", madeName("b"))}`);
    expect(choice).toMatchObject({ action: "keep", old: [{ id: "one", name: "shop_pass" }] });
  }
  const { sent } = await run([version("two", madeName("b"), "b")], "b");
  expect(sent[0]).toContain(fileLabel);
});

it("of several with this content the one that services have is kept, so that no task is replaced", async () => {
  const kept = [secret("one", "shop_pass", "b"), version("two", madeName("b"), "b")];
  expect((await run(kept, "b")).choice?.chosen.id).toBe("one");
  expect((await run(kept, "b", { used: new Set(["two"]) })).choice?.chosen.id).toBe("two");
});

it("what nobody can compare is another one, unless its name or the last deploy says otherwise", async () => {
  const compare = async (): Promise<Sameness> => "unknown";
  const kept = [secret("one", "shop_pass", "a")];
  expect((await run(kept, "a", { compare })).choice).toMatchObject({ action: "swap", isKnown: false });
  const before = new Set([data("a")]);
  expect((await run(kept, "a", { compare, before })).choice).toMatchObject({ action: "keep" });
  expect((await run(kept, "b", { compare, before })).choice).toMatchObject({ action: "swap", isKnown: true });
  expect((await run([version("two", madeName("b"), "b")], "b", { compare })).choice?.action).toBe("keep");
});

it("somebody else's secret of that name, and names that the file gives, are left to the command", async () => {
  const foreign = secret("one", "shop_pass", "a", { "com.docker.stack.namespace": "other" });
  expect((await run([foreign], "b")).choice).toBeUndefined();
  const own = { secret: new Set<string>(), config: new Set<string>() };
  expect((await run([secret("one", "shop_pass", "a")], "b", { own })).choice).toBeUndefined();
});

it("what the plan has not shown is refused, and nothing is written", async () => {
  const refuse = () => ({ status: 409, body: '{"message":"changed"}' });
  const { written, sent } = await run([secret("one", "shop_pass", "a")], "b", { refuse });
  expect(written.status).toBe(409);
  expect(sent.filter((line) => !line.startsWith("service"))).toEqual([]);
});
