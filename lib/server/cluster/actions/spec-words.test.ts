import { describe, expect, it } from "vitest";
import type { WireServiceSpec } from "#lib/server/docker/wire.ts";
import { specInWords } from "./spec-words.ts";

function words(spec: WireServiceSpec): Record<string, unknown> {
  const fields = specInWords(spec).flatMap((group) =>
    group.fields.map((field) => [`${group.title}: ${field.label}`, field.value] as const),
  );
  return Object.fromEntries(fields);
}

describe("specInWords", () => {
  it("says only what is set", () => {
    expect(words({ Mode: { Global: {} } })).toEqual({ "Placement: Mode": "global" });
  });

  it("uses units, and quotes what a shell would need quoted", () => {
    const found = words({
      Mode: { Replicated: { Replicas: 0 } },
      TaskTemplate: {
        ContainerSpec: {
          Command: ["sh", "-c", "echo hi"],
          StopGracePeriod: 4e9,
          Healthcheck: { Test: ["CMD", "true"], Interval: 500e6 },
          Secrets: [{ File: { Name: "key", Mode: 292 }, SecretName: "s1" }],
        },
        Resources: { Limits: { NanoCPUs: 5e8, MemoryBytes: 64 * 1024 ** 2, Pids: 100 } },
      },
      UpdateConfig: { Parallelism: 0, FailureAction: "rollback" },
    });
    expect(found).toMatchObject({
      "Container: Command": 'sh -c "echo hi"',
      "Container: Time to stop": "4 s",
      "Health check: Interval": "500 ms",
      "Files: Secrets": ["s1 at key, mode 0444"],
      "Resources: Limits": ["0.5 CPU", "64 MB", "100 processes"],
      "Updates: At a time": "all",
      "Placement: Replicas": "0",
    });
  });

  it("never carries a value of the environment or of a log option", () => {
    const spec: WireServiceSpec = {
      TaskTemplate: {
        ContainerSpec: { Env: ["TOKEN=s3cret", "EMPTY", "A=b=s3cret"] },
        LogDriver: { Name: "splunk", Options: { "splunk-token": "s3cret" } },
      },
    };
    expect(JSON.stringify(specInWords(spec))).not.toContain("s3cret");
    expect(words(spec)).toMatchObject({
      "Environment: Variables": ["TOKEN", "EMPTY", "A"],
      "Logging: Options": ["splunk-token"],
    });
  });

  it("survives nonsense", () => {
    const hostile = {
      Mode: 5,
      TaskTemplate: {
        ContainerSpec: { Env: "x", Mounts: [null, 7], Healthcheck: { Test: "y" }, Labels: [1] },
        Placement: { Preferences: [null] },
        Networks: ["x"],
      },
      EndpointSpec: { Ports: {} },
    } as unknown as WireServiceSpec;
    expect(() => specInWords(hostile)).not.toThrow();
  });
});
