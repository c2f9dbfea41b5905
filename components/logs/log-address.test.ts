import { describe, expect, it } from "vitest";
import { aModel, aService } from "#lib/shared/model/testing/build.ts";
import { logTargets, patternOf, readLogView, writeLogView } from "./log-address.ts";

const read = (query: string) => readLogView(new URLSearchParams(query));

describe("the address of a log", () => {
  it.each([
    "",
    "service=web_api&service=mailer&stack=web",
    "task=abc&q=timeout%7CKilled&stream=stderr&level=error&level=warn&since=1h&only=1&wrap=1",
    "service=x&q=a%2Bb&plain=1&wrap=1&notime=1&nonames=1",
  ])("%j is written as it was read", (query) => {
    expect(writeLogView(read(query)).toString()).toBe(query);
  });

  it("does not believe what it does not know", () => {
    expect(read("stream=evil&level=loud&since=yesterday&only=yes")).toMatchObject({
      streams: [],
      levels: [],
      range: "tail",
      onlyMatches: false,
    });
  });

  it("names services by name or id, stacks with all of theirs, or one task alone", () => {
    const model = aModel({
      services: [
        aService({ id: "s1", name: "web_api", stack: "web" }),
        aService({ id: "s2", name: "web_db", stack: "web" }),
        aService({ id: "s3", name: "mailer", stack: null }),
      ],
    });
    const ids = (query: string) => logTargets(read(query), model).map(({ kind, id }) => `${kind} ${id}`);
    expect(ids("service=mailer&service=s1")).toEqual(["service s1", "service s3"]);
    expect(ids("stack=web")).toEqual(["service s1", "service s2"]);
    expect(ids("stack=web&task=t9")).toEqual(["task t9"]);
    expect(ids("service=gone")).toEqual([]);
  });
});

describe("a search", () => {
  const of = (text: string, isRegex = true) => patternOf({ text, isRegex });
  it("is a pattern, or plain text, and asks for capitals when it has some", () => {
    expect(of("")).toBeNull();
    expect(of("timeout|killed")).toEqual(/timeout|killed/i);
    expect(of("Killed")).toEqual(/Killed/);
    expect(of("\\S+ ok")).toEqual(/\S+ ok/i);
    expect(of("a+b(", false)).toEqual(/a\+b\(/i);
  });
  it("says what is wrong with it", () => {
    expect(of("a(b")).toMatch(/Unterminated group/);
  });
});
