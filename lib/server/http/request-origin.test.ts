import { describe, expect, test } from "vitest";
import { parseAddressList } from "#lib/server/config/address-list.ts";
import { hasBearer, isOwnOrigin, requestOrigin } from "./request-origin.ts";

const proxy = { address: "::ffff:10.0.0.2", encrypted: false };
const stranger = { address: "203.0.113.9", encrypted: false };
const rules = { trustedProxies: parseAddressList("10.0.0.0/8"), publicUrl: null };

describe("client address and own origin", () => {
  test.each([
    ["a direct peer", stranger, { host: "shoal:9000" }, "203.0.113.9", "http://shoal:9000"],
    [
      "TLS of our own",
      { ...stranger, encrypted: true },
      { host: "shoal:443" },
      "203.0.113.9",
      "https://shoal",
    ],
    [
      "forged headers of a stranger",
      stranger,
      {
        host: "shoal",
        "x-forwarded-for": "1.1.1.1",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "evil",
      },
      "203.0.113.9",
      "http://shoal",
    ],
    [
      "a trusted proxy",
      proxy,
      {
        host: "inner",
        "x-forwarded-for": "198.51.100.7",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "shoal.example",
      },
      "198.51.100.7",
      "https://shoal.example",
    ],
    [
      "a client that forged the start of the list, behind two trusted proxies",
      proxy,
      { host: "shoal", "x-forwarded-for": "1.1.1.1, 198.51.100.7:4242, 10.0.0.9" },
      "198.51.100.7",
      "http://shoal",
    ],
    [
      "an IPv6 client with a port",
      proxy,
      { host: "s", "x-forwarded-for": "[2001:db8::1]:55" },
      "2001:db8::1",
      "http://s",
    ],
    ["a proxy that adds nothing", proxy, { host: "shoal" }, "10.0.0.2", "http://shoal"],
    [
      "an unusable protocol",
      proxy,
      { host: "shoal", "x-forwarded-proto": "gopher" },
      "10.0.0.2",
      "http://shoal",
    ],
    [
      "a closed socket",
      { address: undefined, encrypted: false },
      { host: "shoal" },
      "unknown",
      "http://shoal",
    ],
    ["a host that is more than a host", stranger, { host: "shoal/..@evil" }, "203.0.113.9", null],
    ["no host", stranger, {}, "203.0.113.9", null],
  ])("%s", (_name, peer, headers: Record<string, string>, address, own) => {
    expect(requestOrigin(headers, peer, rules)).toEqual({ address, own });
  });

  test("the public URL wins over every header", () => {
    const fixed = { ...rules, publicUrl: new URL("https://shoal.example") };
    const headers = { host: "evil", "x-forwarded-host": "evil" };
    expect(requestOrigin(headers, proxy, fixed).own).toBe("https://shoal.example");
  });
});

describe("is it our own page", () => {
  const own = "https://shoal.example";
  test.each([
    [{ "sec-fetch-site": "same-origin" }, own, true],
    [{ "sec-fetch-site": "none" }, own, true],
    [{ "sec-fetch-site": "same-site" }, own, false],
    [{ "sec-fetch-site": "cross-site", origin: "https://evil.example" }, own, false],
    [{ origin: own }, own, true],
    [{ origin: "http://shoal.example" }, own, false],
    [{ origin: "https://shoal.example.evil.example" }, own, false],
    [{ origin: "null" }, own, false],
    [{ origin: own }, null, false],
    [{}, own, false],
    [{ authorization: "Bearer shoal_x", origin: "https://evil.example" }, own, true],
    [{ authorization: "Bearer " }, own, false],
    [{ authorization: "Basic eDp5" }, own, false],
  ])("%j under %s: %s", (headers: Record<string, string>, origin, expected) => {
    expect(isOwnOrigin(headers, origin)).toBe(expected);
  });

  test("a bearer header is known by its scheme in any case", () => {
    expect(hasBearer({ authorization: "bearer shoal_x" })).toBe(true);
    expect(hasBearer({})).toBe(false);
  });
});
