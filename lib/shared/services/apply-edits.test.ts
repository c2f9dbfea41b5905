import { describe, expect, test } from "vitest";
import { applyEdits, applyWhole } from "./apply-edits.ts";
import type { ServiceEdit } from "./edit-schemas.ts";

const spec =
  '{ "Name":"web","Labels":{"a":"1","b":"\\u003cb\\u003e"},"TaskTemplate":{"ContainerSpec":{"Image":"x:1","Env":["A=1","B=2","C=3"],' +
  '"Mounts":[{"Type":"tmpfs","Target":"/t","Odd":12345678901234567890}],"Future":{"n":1.0}},"ForceUpdate":12345678901234567890},"Mode":{"Replicated":{"Replicas":2}}}';
const apply = (...edits: ServiceEdit[]) => applyEdits(spec, edits);
const done = (text: string) => ({ spec: text, conflicts: [] });

describe("one field", () => {
  test("changes nothing else, byte for byte", () => {
    expect(apply({ field: "image", value: "x:2", before: "x:1" })).toEqual(done(spec.replace("x:1", "x:2")));
    expect(apply({ field: "replicas", value: 3 })).toEqual(
      done(spec.replace('"Replicas":2', '"Replicas":3')),
    );
    expect(apply({ field: "image", value: "x:1", before: "y" })).toEqual(done(spec));
    expect(apply({ field: "limitCpu", value: null, before: null })).toEqual(done(spec));
  });

  test("is made where it was not, and goes", () => {
    const withUser = apply({ field: "user", value: "1000", before: null }).spec;
    expect(withUser).toBe(spec.replace('"Future":{"n":1.0}', '"Future":{"n":1.0},"User":"1000"'));
    expect(applyEdits(withUser, [{ field: "user", value: null, before: "1000" }]).spec).toBe(spec);
  });

  test("that somebody else has changed is a conflict, and the others are made", () => {
    const { spec: text, conflicts } = apply(
      { field: "image", value: "x:3", before: "x:0" },
      { field: "replicas", value: 4, before: 2 },
    );
    expect(text).toBe(spec.replace('"Replicas":2', '"Replicas":4'));
    expect(conflicts).toEqual([
      {
        field: "image",
        key: null,
        path: ["TaskTemplate", "ContainerSpec", "Image"],
        before: "x:0",
        theirs: "x:1",
        yours: "x:3",
        isSecret: false,
      },
    ]);
  });

  test("a list keeps the items that stay as they were written", () => {
    const odd = { Type: "tmpfs", Target: "/t", Odd: Number("12345678901234567890") };
    const { spec: text } = apply({ field: "mounts", value: [odd, { Type: "tmpfs", Target: "/u" }] });
    expect(text).toBe(spec.replace("67890}]", '67890},{"Type":"tmpfs","Target":"/u"}]'));
  });
});

describe("a map", () => {
  test("is changed key by key", () => {
    const { spec: text, conflicts } = apply({
      field: "labels",
      value: { a: "2", b: "<b>", new: "x" },
      before: { a: "1", b: "<b>" },
    });
    expect(conflicts).toEqual([]);
    expect(text).toBe(spec.replace('"a":"1"', '"a":"2"').replace('e"}', 'e","new":"x"}'));
  });

  test("keeps what somebody else has added, and is a conflict where both changed", () => {
    const { spec: text, conflicts } = apply({ field: "labels", value: { a: "3" }, before: { a: "0" } });
    expect(text).toBe(spec);
    expect(conflicts).toMatchObject([{ field: "labels", key: "a", theirs: "1", yours: "3" }]);
  });
});

describe("the environment", () => {
  const env = (value: string[], before?: string[]) =>
    apply({ field: "env", value, ...(before && { before }) });
  const lines = (text: string) => JSON.parse(text).TaskTemplate.ContainerSpec.Env;

  test("is what was written when nobody else has changed it", () => {
    expect(lines(env(["C=3", "A=9"], ["A=1", "B=2", "C=3"]).spec)).toEqual(["C=3", "A=9"]);
  });

  test("is merged by variable", () => {
    const merged = env(["A=1", "C=4", "D=5"], ["A=0", "C=3"]);
    expect(merged.conflicts).toMatchObject([]);
    expect(lines(merged.spec)).toEqual(["A=1", "B=2", "C=4", "D=5"]);
  });

  test("tells of a conflict the name and no value", () => {
    const { conflicts } = env(["A=7"], ["A=0"]);
    expect(conflicts).toEqual([
      {
        field: "env",
        key: "A",
        path: ["TaskTemplate", "ContainerSpec", "Env"],
        before: null,
        theirs: null,
        yours: null,
        isSecret: true,
      },
    ]);
  });
});

describe("the whole specification", () => {
  test("changes what differs from the one it was made from, and nothing else", () => {
    const before = spec.replace('"Replicas":2', '"Replicas":1');
    const wanted = before.replace("x:1", "x:2").replace('"Future":{"n":1.0}', '"Future":{"n":1.0,"m":2}');
    expect(applyWhole(spec, before, wanted)).toEqual(
      done(spec.replace("x:1", "x:2").replace('{"n":1.0}', '{"n":1.0,"m":2}')),
    );
  });

  test("numbers that a double cannot tell apart are told apart", () => {
    const wanted = spec.replace('"ForceUpdate":12345678901234567890', '"ForceUpdate":12345678901234567891');
    expect(applyWhole(spec, spec, wanted).spec).toBe(wanted);
  });

  test("a member that somebody else has changed is a conflict by its path", () => {
    const before = spec.replace("x:1", "x:0");
    expect(applyWhole(spec, before, before.replace("x:0", "x:9")).conflicts).toMatchObject([
      { field: null, key: "TaskTemplate.ContainerSpec.Image" },
    ]);
  });
});
