import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { MaskJson } from "./mask-json.ts";
import type { MaskName } from "./rules.ts";

/** The document after the mask, given in pieces of `size` bytes. */
async function masked(mask: MaskName, document: string, size = 1 << 20): Promise<string> {
  const stream = new MaskJson(mask);
  const bytes = Buffer.from(document);
  for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
  stream.end();
  return text(stream);
}

const hidden = "(masked by the agent)";

const service = `{ "ID":"x", "Version":{"Index":18446744073709551615}, "Spec": {"Labels":{"Env":"prod","Options":"a=b","Data":"d"},
 "TaskTemplate":{"ContainerSpec":{"Image":"ü\\u003c","Env":["A=1","TÜR=b=c \\"q\\" 😀","ONLY","E\\u003dx=y",""],"Mounts":[{"VolumeOptions":
 {"DriverConfig":{"Name":"local","Options":{"type":"cifs","o":"password=pw","device":"//nas/x"}}}}]},"LogDriver":{"Name":"splunk",
 "Options":{"splunk-token":"tok","max-size":"1m"}},"F":1.50e3}},"PreviousSpec":{"TaskTemplate":{"PluginSpec":{"Env":["OLD=s3cret"]}}},
 "Env":null, "Deep":[[{"Env":["D=deep"]}]], "Config":{"k":"v"} }`;

const serviceMasked = service
  .replace('"A=1"', `"A=${hidden}"`)
  .replace('"TÜR=b=c \\"q\\" 😀"', `"TÜR=${hidden}"`)
  .replace('"E\\u003dx=y"', `"E=${hidden}"`)
  .replace("password=pw", hidden)
  .replace('"tok"', `"${hidden}"`)
  .replace("OLD=s3cret", `OLD=${hidden}`)
  .replace("D=deep", `D=${hidden}`);

describe("specifications", () => {
  test.each([1, 2, 3, 7, 64, 1 << 20])(
    "hides values and leaves every other byte, in pieces of %i",
    async (size) => {
      expect(await masked("specs", service, size)).toBe(serviceMasked);
      JSON.parse(serviceMasked);
    },
  );

  test("a container's own environment and its log driver", async () => {
    const container =
      '{"Config":{"Env":["P=/bin"],"Labels":{}},"HostConfig":{"LogConfig":{"Type":"gelf","Config":{"tag":"t"}}}}';
    expect(await masked("specs", container)).toBe(
      container.replace("P=/bin", `P=${hidden}`).replace('"tag":"t"', `"tag":"${hidden}"`),
    );
  });

  test("a key written with escapes is the same key", async () => {
    expect(await masked("specs", '{"\\u0045nv":["A=1"]}')).toBe(`{"\\u0045nv":["A=${hidden}"]}`);
  });

  test("the same key twice is hidden twice", async () => {
    expect(await masked("specs", '{"Env":["A=1"],"Env":["B=2"]}')).toBe(
      `{"Env":["A=${hidden}"],"Env":["B=${hidden}"]}`,
    );
  });

  test("a value too long to be looked at is hidden whole", async () => {
    const long = `LONG=${"x".repeat(300_000)}`;
    expect(await masked("specs", JSON.stringify({ Env: [long, "B=2"] }), 5000)).toBe(
      `{"Env":["${hidden}","B=${hidden}"]}`,
    );
  });
});

test("the content of a configuration, as base64 that says so", async () => {
  const config =
    '[{"ID":"x","Spec":{"Name":"c","Labels":{"Data":"mine"},"Data":"c2VjcmV0"}},{"Spec":{"Data":null}}]';
  const answer = await masked("configs", config);
  expect(answer).toBe(config.replace("c2VjcmV0", btoa(hidden)));
});

test("options of a volume, but for its type and device", async () => {
  const volumes =
    '{"Volumes":[{"Name":"v","Options":{"type":"nfs","o":"addr=1,password=p"},"Labels":{"Options":"x"}}]}';
  expect(await masked("volumes", volumes)).toBe(volumes.replace("addr=1,password=p", hidden));
  const one = '{"Name":"v","Options":{"o":"pw"}}';
  expect(await masked("volumes", one)).toBe(one.replace("pw", hidden));
});

test.each([
  ["/bin/sh -c #(nop)  ENV TOKEN=secret", `/bin/sh -c #(nop)  ENV ${hidden}`],
  ["ENV TOKEN=secret", `ENV ${hidden}`],
  ["RUN |2 A=secret B=c /bin/sh -c make # buildkit", `RUN |2 ${hidden}`],
  ['CMD ["sh"]', 'CMD ["sh"]'],
])("a line of an image's history: %s", async (line, expected) => {
  const answer = await masked("history", JSON.stringify([{ CreatedBy: line, Comment: "ENV x" }]));
  expect(JSON.parse(answer)).toEqual([{ CreatedBy: expected, Comment: "ENV x" }]);
});

describe("what is not one whole JSON document", () => {
  test.each([
    ["broken off in a text", '{"Env":["A=1'],
    ["broken off between", '{"Env":["A=1"]'],
    ["nothing", ""],
    ["two documents", '{"a":1}{"Env":["A=1"]}'],
    ["closed as something else", '{"Env":["A=1"}]'],
    ["closed too often", '{"a":1}}'],
    ["a broken escape", '{"Env":["A=\\x"]}'],
    ["a bottomless pit", "[".repeat(1000)],
  ])("%s is an error", async (_name, document) => {
    await expect(masked("specs", document)).rejects.toThrow(/engine's answer|JSON/);
  });

  test.each(["null", "[]", " {} \n", '"x"', "12"])("%s passes", async (document) => {
    expect(await masked("specs", document)).toBe(document);
  });
});

test("random documents in random pieces keep everything but environments", async () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const words = ["Env", "Options", 'q"\\', "ü😀", "a=b", "\u2028", "Data", "x".repeat(40)];
  const word = () => words[random(words.length)] as string;
  const value = (depth: number): unknown => {
    const kind = random(depth > 4 ? 3 : 6);
    if (kind === 0) return random(1000) - 500;
    if (kind === 1) return null;
    if (kind === 2) return word();
    if (kind === 3) return Array.from({ length: random(4) }, () => value(depth + 1));
    return Object.fromEntries(Array.from({ length: random(5) }, () => [word(), value(depth + 1)]));
  };
  const expected = (tree: unknown, key: string | null): unknown => {
    if (Array.isArray(tree)) {
      return tree.map((item) =>
        typeof item === "string" && key === "Env" && item.includes("=") ? `a=${hidden}` : expected(item, key),
      );
    }
    if (typeof tree !== "object" || tree === null) return tree;
    return Object.fromEntries(Object.entries(tree).map(([name, item]) => [name, expected(item, name)]));
  };
  for (let round = 0; round < 300; round += 1) {
    const tree = value(0);
    const answer = await masked("specs", JSON.stringify(tree), 1 + random(30));
    expect(answer).toBe(JSON.stringify(expected(tree, null)));
  }
});
