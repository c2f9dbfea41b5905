import { describe, expect, it } from "vitest";
import { t } from "./translate.ts";

describe("t", () => {
  it.each([
    [1, "1 task"],
    [0, "0 tasks"],
    [1234, "1,234 tasks"],
  ])("chooses the plural form for %i", (n, expected) => {
    expect(t("common.tasks", { n })).toBe(expected);
  });

  it("leaves a hole visible when its parameter is missing", () => {
    expect(t("common.tasks")).toBe("{n} tasks");
  });
});
