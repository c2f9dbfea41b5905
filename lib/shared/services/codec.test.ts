import { expect, test } from "vitest";
import { fitsField } from "./edit-schemas.ts";
import type { FieldId } from "./fields.ts";
import { serviceField } from "./fields.ts";

const round: readonly (readonly [FieldId, unknown, string])[] = [
  ["image", "lab/web:1", "lab/web:1"],
  ["replicas", 0, "0"],
  ["stopGrace", 90_000_000_000, "1m30s"],
  ["healthInterval", 1_500_000_000, "1s500ms"],
  ["limitMemory", 67_108_864, "64M"],
  ["limitMemory", 1_000_001, "1000001"],
  ["limitCpu", 500_000_000, "0.5"],
  ["command", ["sh", "-c", "echo 'a b'"], `sh -c 'echo '\\''a b'\\'''`],
  ["init", false, "false"],
  ["env", ["A=1", "TEXT=two\nlines"], "A=1\nTEXT=two␤lines"],
  ["labels", { a: "1", b: "" }, "a=1\nb="],
  ["constraints", ["node.role==worker"], "node.role==worker"],
  [
    "ports",
    [{ Protocol: "tcp", TargetPort: 80, PublishedPort: 8080, PublishMode: "host" }],
    "8080:80/tcp,mode=host",
  ],
  ["ports", [{ Protocol: "udp", TargetPort: 53, PublishMode: "ingress" }], "53/udp"],
  ["networks", [{ Target: "net", Aliases: ["a", "b"] }], "net,alias=a,alias=b"],
  ["ulimits", [{ Name: "nofile", Soft: 10, Hard: 20 }], "nofile=10:20"],
  ["preferences", [{ Spread: { SpreadDescriptor: "node.labels.z" } }], "spread=node.labels.z"],
  ["reserveGeneric", [{ DiscreteResourceSpec: { Kind: "gpu", Value: 2 } }], "gpu=2"],
  [
    "mounts",
    [
      {
        Type: "volume",
        Source: "data",
        Target: "/data",
        ReadOnly: true,
        VolumeOptions: { Labels: { x: "y" } },
      },
    ],
    "type=volume,source=data,target=/data,readonly,volume-label=x=y",
  ],
  [
    "secrets",
    [{ SecretName: "s", File: { Name: "t", UID: "1", GID: "0", Mode: 0o440 } }],
    "source=s,target=t,uid=1,mode=0440",
  ],
];

test.each(round)("%s is shown and read", (id, value, text) => {
  const { codec } = serviceField(id);
  expect(codec.show(value)).toBe(text);
  expect(codec.read(text, null)).toEqual({ value });
  expect(codec.read("", value)).toEqual({ value: null });
  expect(fitsField(id, value)).toBe(true);
});

test.each<[FieldId, string]>([
  ["replicas", "-1"],
  ["stopGrace", "10"],
  ["stopGrace", "10s x"],
  ["limitMemory", "much"],
  ["limitCpu", "1,5"],
  ["command", "sh -c 'x"],
  ["env", "A B=1"],
  ["labels", "=1"],
  ["ports", "80-90"],
  ["mounts", "type=volume,source=x"],
  ["mounts", "target=/x,nothing=1"],
  ["updateRatio", "2"],
])("%s does not take %s", (id, text) => {
  expect(serviceField(id).codec.read(text, null)).toHaveProperty("problem");
});

test("items of a list that were not touched keep members that no form knows", () => {
  const base = [
    { Type: "volume", Source: "a", Target: "/a", ClusterOptions: { x: 1 } },
    { Type: "tmpfs", Target: "/t" },
  ];
  const { codec } = serviceField("mounts");
  const typed = `${codec.show(base).split("\n")[0]}\ntype=tmpfs,target=/u`;
  expect(codec.read(typed, base)).toEqual({ value: [base[0], { Type: "tmpfs", Target: "/u" }] });
});
