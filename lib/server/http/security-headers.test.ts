import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { contentSecurityPolicy, createNonce, securityHeaders, sonnerStyleHash } from "./security-headers.ts";

test("scripts need the nonce and nothing inline or evaluated runs", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
  // Only style attributes may be inline.
  expect(policy.split("; ").filter((part) => part.includes("unsafe-inline"))).toEqual([
    "style-src-attr 'unsafe-inline'",
  ]);
});

test("nonces are long and never the same", () => {
  const nonces = Array.from({ length: 100 }, createNonce);
  expect(new Set(nonces).size).toBe(100);
  expect(Buffer.from(nonces[0] ?? "", "base64")).toHaveLength(16);
});

test("browsers are told to insist on https only when the public URL is https", () => {
  expect(securityHeaders("p", true)["strict-transport-security"]).toBe("max-age=31536000");
  expect(securityHeaders("p", false)).not.toHaveProperty("strict-transport-security");
});

test("the hash of the toasts' style sheet is that of the installed version", () => {
  const file = createRequire(import.meta.url).resolve("sonner");
  const source = readFileSync(file.replace(/index\.c?js$/, "index.mjs"), "utf8");
  const css = JSON.parse(/^__insertCSS\((".*")\);?$/m.exec(source)?.[1] ?? "null");
  expect(`sha256-${createHash("sha256").update(css).digest("base64")}`).toBe(sonnerStyleHash);
});
