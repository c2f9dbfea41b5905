import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { parseEngineAddress } from "#lib/server/config/engine-address.ts";
import { hostAddresses } from "./host-addresses.ts";

function address(text: string, internal = false): NetworkInterfaceInfo {
  const family = text.includes(":") ? "IPv6" : "IPv4";
  return {
    address: text,
    netmask: "",
    mac: "",
    internal,
    cidr: null,
    family,
    scopeid: 0,
  } as NetworkInterfaceInfo;
}
const machine = () => ({
  lo: [address("127.0.0.1", true)],
  eth0: [address("fe80::1"), address("2001:db8::5"), address("192.168.1.5")],
  docker0: [address("172.17.0.1")],
  "br-1f3": [address("172.18.0.1")],
});
const socket = parseEngineAddress("/var/run/docker.sock");

test("an engine on this machine: addresses other machines can reach, version 4 first", () => {
  expect(hostAddresses(socket, false, machine)).toEqual(["192.168.1.5", "2001:db8::5"]);
});

test("inside a container the machine's addresses cannot be seen", () => {
  expect(hostAddresses(socket, true, machine)).toEqual([]);
});

test("an engine elsewhere: the address it is reached at, also from a container", () => {
  expect(hostAddresses(parseEngineAddress("tcp://10.0.0.2:2375"), true, machine)).toEqual(["10.0.0.2"]);
});
