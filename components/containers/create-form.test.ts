import { describe, expect, test } from "vitest";
import { containerCreateBody } from "#lib/shared/containers/schemas.ts";
import { emptyForm, parseMount, parsePort, parseSize, readForm, splitCommand } from "./create-form.ts";

test.each<[string, readonly string[] | null]>([
  ["", []],
  ["sleep 10", ["sleep", "10"]],
  [`sh -c "echo 'a b' > /x"`, ["sh", "-c", "echo 'a b' > /x"]],
  [`a '' "b\\"c" d\\ e`, ["a", "", `b"c`, "d e"]],
  [`a "b`, null],
])("a command %j", (text, words) => expect(splitCommand(text)).toEqual(words));

test.each([
  ["80", { target: 80 }],
  ["8080:80", { target: 80, published: 8080 }],
  ["53:53/udp", { target: 53, published: 53, protocol: "udp" }],
  ["127.0.0.1:8080:80", { target: 80, published: 8080, address: "127.0.0.1" }],
  ["127.0.0.1::80", { target: 80, address: "127.0.0.1" }],
  ["[::1]:8080:80/tcp", { target: 80, published: 8080, address: "::1", protocol: "tcp" }],
  ["70000", null],
  ["a:b", null],
  ["80/icmp", null],
])("a port %j", (line, port) => expect(parsePort(line)).toEqual(port));

test.each([
  ["/data", { type: "volume", target: "/data" }],
  ["things:/data", { type: "volume", source: "things", target: "/data" }],
  ["/srv:/data:ro", { type: "bind", source: "/srv", target: "/data", readOnly: true }],
  ["/srv:/data:rw", { type: "bind", source: "/srv", target: "/data" }],
  ["things", null],
  ["a:b", null],
])("a mount %j", (line, mount) => expect(parseMount(line)).toEqual(mount));

test.each([
  ["512m", 512 * 1024 ** 2],
  ["1.5 GB", 1.5 * 1024 ** 3],
  ["1024", 1024],
  ["lots", null],
])("a size %j", (text, bytes) => expect(parseSize(text)).toBe(bytes));

describe("the form", () => {
  test("becomes what the API takes, without what was left empty", () => {
    expect(readForm({ ...emptyForm, node: "n1", image: " lab/web:1 " }).body).toEqual({
      node: "n1",
      image: "lab/web:1",
    });
    const { body, errors } = readForm({
      ...emptyForm,
      node: "n1",
      image: "lab/web:1",
      command: "sleep 5",
      env: "A=1\n\nB=2",
      ports: "8080:80\n53/udp",
      mounts: "things:/data",
      labels: "a=b=c\nflag",
      memory: "64m",
      cpus: "0,5",
      restart: "always",
      start: false,
    });
    expect(errors).toEqual({});
    expect(containerCreateBody.parse(body)).toEqual({
      node: "n1",
      image: "lab/web:1",
      command: ["sleep", "5"],
      env: ["A=1", "B=2"],
      ports: [
        { target: 80, published: 8080 },
        { target: 53, protocol: "udp" },
      ],
      mounts: [{ type: "volume", source: "things", target: "/data" }],
      labels: { a: "b=c", flag: "" },
      memoryBytes: 64 * 1024 ** 2,
      nanoCpus: 500_000_000,
      restart: { policy: "always" },
      start: false,
    });
  });

  test("says which fields are wrong", () => {
    const { body, errors } = readForm({
      ...emptyForm,
      command: "'",
      ports: "x",
      mounts: "y",
      memory: "z",
      cpus: "-1",
      autoRemove: true,
      restart: "always",
    });
    expect(body).toBeNull();
    expect(Object.keys(errors).sort()).toEqual([
      "autoRemove", "command", "cpus", "image", "memory", "mounts", "node", "ports",
    ]); // biome-ignore format: one line
  });
});
