import { describe, expect, it } from "vitest";
import { compareVersions, negotiate } from "./api-version.ts";

describe("negotiate", () => {
  it.each([
    ["20.10.24", "1.41", "1.12", "1.41"],
    ["26.1.5", "1.45", "1.24", "1.45"],
    ["28.2.2", "1.50", "1.24", "1.45"],
    ["29.0.0", "1.52", "1.44", "1.45"],
  ])("speaks with engine %s (API %s, least %s) in %s", (engine, api, minApi, version) => {
    expect(negotiate({ engine, api, minApi })).toEqual({ ok: true, version });
  });

  it("refuses an old engine with both versions", () => {
    const refused = negotiate({ engine: "19.03.15", api: "1.40", minApi: "1.12" });
    expect(refused).toMatchObject({ ok: false, result: "too_old" });
    expect(JSON.stringify(refused)).toMatch(/19\.03\.15 \(API 1\.40\).*20\.10 \(API 1\.41\)/);
  });

  it("says that it is too old itself for an engine of the future", () => {
    expect(negotiate({ engine: "40.0", api: "1.90", minApi: "1.60" })).toMatchObject({
      result: "unsupported",
    });
  });

  it("recognises what is not Docker", () => {
    expect(negotiate({ engine: "?", api: "", minApi: "" })).toMatchObject({ result: "not_docker" });
  });
});

describe("compareVersions", () => {
  it("compares numbers, not text", () => {
    expect(compareVersions("1.9", "1.41")).toBeLessThan(0);
    expect(compareVersions("2.0", "1.99")).toBeGreaterThan(0);
    expect(compareVersions("x", "1.0")).toBeNull();
  });
});
