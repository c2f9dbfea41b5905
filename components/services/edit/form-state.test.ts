import { expect, test } from "vitest";
import {
  conflictKey,
  openForm,
  readDotEnv,
  readForm,
  rebased,
  rebasedWhole,
  revealed,
} from "./form-state.ts";

const base = {
  image: "x:1",
  labels: { a: "1", b: "2" },
  stopGrace: 5e9,
  mounts: [{ Type: "tmpfs", Target: "/t", Odd: 1 }],
};
const open = () => openForm("Replicated", base, { env: 2 });

test("only what was changed becomes an edit, with what was there", () => {
  const form = open();
  expect(readForm(form)).toEqual({ edits: [], problems: {} });
  const typed = {
    ...form,
    texts: { ...form.texts, image: "x:2", stopGrace: "5000ms", user: "1", mounts: "" },
  };
  expect(readForm(typed).edits).toEqual([
    { field: "image", value: "x:2", before: "x:1" },
    { field: "user", value: "1", before: null },
    { field: "mounts", value: null, before: base.mounts },
  ]);
});

test("what cannot be sent says why", () => {
  const form = open();
  const typed = { ...form, texts: { ...form.texts, image: " ", limitCpu: "much" } };
  expect(Object.keys(readForm(typed).problems)).toEqual(["limitCpu", "image"]);
});

test("what nobody asked to see is not changed, and is once it was seen", () => {
  const hidden = { ...open(), texts: { env: "A=1", image: "x:1" } };
  expect(readForm({ ...open(), texts: { ...open().texts, env: "A=1" } }).edits).toEqual([]);
  const seen = revealed(hidden, { env: ["A=1", "B=2"] });
  expect(seen.texts.env).toBe("A=1\nB=2");
  expect(readForm({ ...seen, texts: { ...open().texts, env: "A=1" } }).edits).toEqual([
    { field: "env", value: ["A=1"], before: ["A=1", "B=2"] },
  ]);
});

test("a form over what somebody else has done keeps both, and conflicts as decided", () => {
  const form = revealed(open(), { env: ["A=1", "B=2"] });
  const texts = { ...form.texts, image: "x:3", labels: "a=9\nb=2\nmine=1", env: "A=9\nB=2", workdir: "/w" };
  const fresh = {
    ...base,
    image: "x:2",
    labels: { a: "5", b: "2", new: "1" },
    env: ["A=1", "B=3"],
    user: "1",
  };
  const at = (field: "image" | "labels", key: string | null, path: string[]) => ({
    field, key, path, before: null, theirs: null, yours: null, isSecret: false,
  }); // biome-ignore format: short
  const image = at("image", null, ["Image"]);
  const label = at("labels", "a", ["Labels", "a"]);
  const merged = rebased({ ...form, texts }, fresh, [image, label], {
    [conflictKey(image)]: "mine",
    [conflictKey(label)]: "theirs",
  });
  expect(readForm(merged).edits).toEqual([
    { field: "image", value: "x:3", before: "x:2" },
    { field: "workdir", value: "/w", before: null },
    { field: "env", value: ["A=9", "B=3"], before: ["A=1", "B=3"] },
    { field: "labels", value: { a: "5", b: "2", new: "1", mine: "1" }, before: fresh.labels },
  ]);
});

test("a whole specification likewise", () => {
  const [before, fresh, mine] = ['{"a":1,"b":1,"c":1}', '{"a":2,"b":2,"c":1}', '{"a":3,"b":3,"c":3}'];
  const key = (name: string) => conflictKey({ path: [name], key: name });
  expect(rebasedWhole(fresh, before, mine, { [key("a")]: "mine", [key("b")]: "theirs" })).toBe(
    '{"a":3,"b":2,"c":3}',
  );
});

test("a .env file is read as lines", () => {
  const file = `# comment\nexport A=1\nB="two words" \nC='it is'\nD = plain # note\n\nE="a\\nb"\nF=\n`;
  expect(readDotEnv(file)).toBe("A=1\nB=two words\nC=it is\nD=plain\nE=a␤b\nF=");
});
