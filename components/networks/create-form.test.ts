import { expect, test } from "vitest";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { networkCreateBody } from "#lib/shared/networks/schemas.ts";
import { emptyForm, type NetworkForm, readForm } from "./create-form.ts";

const form = (more: Partial<NetworkForm> = {}): NetworkForm => ({
  ...emptyForm,
  name: "back",
  driver: "overlay",
  node: "n1",
  ...more,
});
const errors = (more: Partial<NetworkForm>) =>
  Object.fromEntries(
    Object.entries(readForm(form(more)).errors).map(([field, text]) => [field, say(t, text)]),
  );

test("an overlay sends what an overlay can be told, whatever was typed for another driver", () => {
  const { body } = readForm(
    form({
      attachable: true, ipv6: true, subnet: " 10.9.0.0/24 ", gateway: "10.9.0.1", subnet6: "fd00:9::/64",
      parent: "eth0", mode: "l2", mtu: "1400", options: "a=b=c\nflag\n", labels: "team=blue",
    }), // biome-ignore format: short
  );
  expect(body).toEqual({
    name: "back",
    driver: "overlay",
    subnets: [{ subnet: "10.9.0.0/24", gateway: "10.9.0.1" }, { subnet: "fd00:9::/64" }],
    attachable: true,
    encrypted: false,
    internal: false,
    ipv6: true,
    mtu: 1400,
    options: { a: "b=c", flag: "" },
    labels: { team: "blue" },
  });
  expect(networkCreateBody.safeParse(body).success).toBe(true);
});

test("a macvlan goes to its node, without what only an overlay has", () => {
  const { body } = readForm(
    form({ driver: "macvlan", parent: "eth0", mode: "vepa", attachable: true, encrypted: true, mtu: "9" }),
  );
  expect(body).toEqual({
    name: "back",
    driver: "macvlan",
    node: "n1",
    internal: false,
    ipv6: false,
    parent: "eth0",
    mode: "vepa",
  });
});

test.each<[Partial<NetworkForm>, string, string]>([
  [{ name: "-x" }, "name", "Letters"],
  [{ gateway: "10.0.0.1" }, "gateway", "needs its subnet"],
  [{ range: "10.0.0.0/25" }, "range", "needs its subnet"],
  [{ subnet: "10.0.0.1/24" }, "subnet", "Write 10.0.0.0/24"],
  [{ subnet: "10.0.0.0/24", gateway: "10.0.1.1" }, "gateway", "no address of a host"],
  [{ subnet: "10.0.0.0/24", range: "10.0.0.0/20" }, "range", "does not lie in"],
  [{ ipv6: true, subnet6: "fd00::1/64" }, "subnet6", "Write fd00::/64"],
  [{ ipv6: true, subnet6: "fd00::/64", gateway6: "fd01::1" }, "gateway6", "no address of a host"],
  [{ ipv6: true, gateway6: "fd01::1" }, "gateway6", "needs its subnet"],
  [{ mtu: "many" }, "mtu", "whole number"],
  [{ mtu: "7" }, "mtu", "From 68"],
  [{ options: "=x" }, "options", "=x is no name=value"],
  [{ driver: "bridge", node: "" }, "node", "of one node"],
  [{ driver: "ipvlan", parent: "a b" }, "parent", "interface"],
])("%j is told at %s", (more, field, text) => {
  expect(errors(more)).toEqual({ [field]: expect.stringContaining(text) });
  expect(readForm(form(more)).body).toBeNull();
});

test("IPv6 that is switched off again is not sent", () => {
  expect(readForm(form({ ipv6: false, subnet6: "fd00::/64", gateway6: "nonsense" })).body).toMatchObject({
    ipv6: false,
  });
});
