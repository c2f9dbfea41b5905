import { describe, expect, it } from "vitest";
import { checkFiles, firstError, problemInWords } from "./check-files.ts";
import { readComposeTree } from "./compose-tree.ts";

const check = (text: string, env = "", beside: readonly string[] = []) =>
  checkFiles("shop", {
    files: [
      { name: "a.yml", text, kind: "compose" },
      ...beside.map((name) => ({ name, text: "x", kind: "file" as const })),
    ],
    env,
  }).problems;
const said = (text: string, env?: string, beside?: readonly string[]) =>
  check(text, env, beside).map(problemInWords);

describe("values and their lines", () => {
  const tree = readComposeTree(
    "a.yml",
    "x-base: &base\n  image: a\n  env: {A: 1}\nservices:\n  web:\n    <<: *base\n    image: b\n  db:\n    <<: [*base]\n",
  );

  it("merges as YAML 1.1 does: what is written out wins", () => {
    expect(tree.problems).toEqual([]);
    expect(JSON.parse(JSON.stringify(tree.value))).toMatchObject({
      services: { web: { image: "b", env: { A: 1 } }, db: { image: "a" } },
    });
  });

  it("knows the line of each value, and of the nearest parent of what is not there", () => {
    expect(tree.lineOf(["services", "web", "image"])).toBe(7);
    expect(tree.lineOf(["services", "db", "deploy", "mode"])).toBe(8);
    expect(tree.lineOf(["nothing"])).toBeNull();
  });
});

/** Each "level" means ten of the one before: 10^9 values in nine lines. */
const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
  .split("")
  .map((name, index) => {
    const before = "abcdefgh"[index];
    return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(",")}]`;
  })
  .join("\n")}\n`;

describe("hostile files end with a sentence and a line", () => {
  it.each([
    ["a bomb of aliases", bomb, /line \d+: Aliases make this file mean more than 50,000 values/],
    ["an anchor in itself", "services: &s\n  web: *s\n", /line 2: The anchor s contains itself/],
    ["an anchor that is not there", "services:\n  web: *nope\n", /line 2: There is no anchor named nope/],
    ["a key twice", "services:\n  web: {}\n  web: {}\n", /line 3: web stands here for the second time/],
    ["a tab", "services:\n\tweb: {}\n", /line 2: This is not YAML/],
    ["two documents", "services: {}\n---\nservices: {}\n", /line 2|line 3/],
    ["a directive", "%YAML 1.1\n---\nservices: {}\n", /Directives/],
    [
      "a tag that decodes",
      "services:\n  web:\n    !!binary ZW52X2ZpbGU=: x\n",
      /line 3: The tag .*binary is not taken/,
    ],
    ["thousands of brackets", `services: ${"[".repeat(5000)}`, /levels are nested/],
    ["deep mappings", `services: ${"{a: ".repeat(150)}1${"}".repeat(150)}`, /More than 100 levels/],
    ["UTF-16", "\u0000s\u0000e\u0000r\u0000v", /line 1: The character U\+0000/],
    ["a byte order mark", "\ufeffservices: {}\n", /U\+FEFF/],
    ["half a surrogate pair", "services: {}\n# \ud800\n", /line 2: The character U\+D800/],
    ["a list", "- services\n", /A compose file is a mapping/],
    ["nothing", "", /A compose file is a mapping/],
    ["more than a compose file may have", `# ${"x".repeat(300_000)}`, /at most 256 KB/],
  ])("%s", (_what, text, sentence) => {
    const problems = check(text);
    const [first] = problems;
    expect(first && problemInWords(first)).toMatch(sentence);
    expect(firstError(problems)).not.toBeNull();
  });

  it("takes no longer than a person waits", () => {
    const before = performance.now();
    check(`x: [${"&a [".repeat(3000)}`);
    check(`services:\n${Array.from({ length: 12_000 }, (_, n) => `  s${n}: {image: a}`).join("\n")}`);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

describe("files that a file reads", () => {
  it.each([
    ["the server's data", "configs:\n  a:\n    file: /data/shoal.db\n", "a.yml, line 3"],
    ["a parent's file", "secrets:\n  a: {file: ../docker.sock}\n", "a.yml, line 2"],
    ["a path in a variable", "secrets:\n  a: {file: $X}\n", "a.yml, line 2"],
    ["a process's environment", "services:\n  web:\n    env_file: /proc/self/environ\n", "a.yml, line 3"],
    ["one of several", "services:\n  web:\n    env_file: [given.env, other.env]\n", "a.yml, line 3"],
    ["from an anchor", "x: &x {env_file: /etc/passwd}\nservices:\n  web: {<<: *x}\n", "a.yml, line 1"],
  ])("%s is refused", (_what, text, place) => {
    expect(said(text, "", ["given.env"]).filter((each) => each.startsWith(place))).not.toEqual([]);
  });

  it("are those that came with it", () => {
    const text = "services:\n  web: {image: a, env_file: [./given.env]}\nconfigs:\n  a: {file: app.conf}\n";
    expect(said(text, "", ["given.env", "app.conf"])).toEqual([]);
  });
});

describe("what stack deploy ignores or refuses", () => {
  const of = (service: string) => check(`services:\n  web:\n    image: a\n${service}`);

  it.each([
    ["build: .", "warning", "Build the image"],
    ["restart: always", "warning", "deploy.restart_policy"],
    ["container_name: x", "warning", "Swarm names its tasks"],
    ["depends_on: [db]", "warning", "starts all services at once"],
    ["depends_on: {db: {condition: service_healthy}}", "error", "with conditions"],
    ["mem_limit: 1g", "error", "deploy.resources.limits.memory"],
    ["privileged: true", "warning", "cap_add"],
    ["volumes: ['./data:/data']", "error", "./data"],
    ["volumes: [{type: bind, source: data, target: /d}]", "error", "a path beside the file"],
  ])("%s", (line, severity, words) => {
    const problems = of(`    ${line}\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      severity,
      line: line.startsWith("volumes") ? expect.any(Number) : 4,
    });
    expect(problems[0]?.message).toContain(words);
  });

  it("leaves alone what stacks can do", () => {
    expect(of("    volumes: ['data:/d', '/etc/x:/x:ro', '/anonymous']\n    init: true\n")).toEqual([]);
  });
});

describe("variables and names", () => {
  it.each([
    ["DOCKER_HOST=tcp://1.2.3.4:2375", ".env, line 1: DOCKER_HOST changes"],
    ["A=1\nLD_PRELOAD=/x.so", ".env, line 2: LD_PRELOAD changes"],
    ["A=1\n\nnot a variable", ".env, line 3: A line is NAME=value"],
    ["https_proxy=http://x", ".env, line 1"],
  ])("%s", (env, sentence) => {
    expect(said("services: {}\n", env)[0]).toContain(sentence);
  });

  it("never repeats a value", () => {
    expect(said("services: {}\n", "PATH=s3cret").join()).not.toContain("s3cret");
  });

  it("are read as from a .env file", () => {
    const env = `# comment\nexport A=1\nB = two words # and a comment\nC="a \\"q\\" $x\\nb"\nD='as it is # $y'\nE=\n`;
    expect(
      checkFiles("shop", { files: [{ name: "a.yml", text: "services: {}", kind: "compose" }], env }).env,
    ).toEqual({
      A: "1",
      B: "two words",
      C: 'a "q" $x\nb',
      D: "as it is # $y",
      E: "",
    });
  });

  it.each(["../x", "a b", "$(reboot)", "a;b", "-x", "", "a".repeat(64), "ä"])(
    "“%s” is no name for a stack",
    (name) => {
      expect(() => checkFiles(name, { files: [], env: "" })).toThrow(/is no name for a stack/);
    },
  );
});
