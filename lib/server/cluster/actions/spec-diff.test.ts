import { expect, it } from "vitest";
import { specChanges } from "./spec-diff.ts";

const base = {
  Name: "web",
  Labels: { team: "a" },
  TaskTemplate: {
    ContainerSpec: {
      Image: "acme/api:2.8.0",
      Env: ["A=secret-one", "B=secret-two", "GONE=1"],
      Mounts: [{ Type: "volume", Source: "data", Target: "/data", VolumeOptions: { NoCopy: false } }],
      Privileges: { SELinuxContext: { Level: "secret-level" } },
    },
    RestartPolicy: { Delay: 5e9 },
    ForceUpdate: 1,
    LogDriver: { Name: "splunk", Options: { "splunk-token": "secret-token" } },
  },
  Mode: { Replicated: { Replicas: 3 } },
};
type Base = typeof base;
const after = (edit: (spec: Base) => void) => {
  const spec = structuredClone(base);
  edit(spec);
  return specChanges(JSON.stringify(base), JSON.stringify(spec));
};

it.each<[string, (spec: Base) => void, object[]]>([
  ["an image", (s) => { s.TaskTemplate.ContainerSpec.Image = "acme/api:2.8.1"; }, [{ label: "Image", before: "acme/api:2.8.0", after: "acme/api:2.8.1" }]],
  ["replicas", (s) => { s.Mode.Replicated.Replicas = 5; }, [{ label: "Replicas", before: "3", after: "5" }]],
  ["a restart", (s) => { s.TaskTemplate.ForceUpdate = 2; }, [{ label: "Restarts", before: "1", after: "2" }]],
  ["a delay", (s) => { s.TaskTemplate.RestartPolicy.Delay = 9e9; }, [{ label: "Restart: Delay", before: "5 s", after: "9 s" }]],
  ["names and values of variables", (s) => { s.TaskTemplate.ContainerSpec.Env = ["A=other", "B=secret-two", "NEW=1"]; }, [
    { label: "Variables", added: ["NEW"], removed: ["GONE"] },
    { label: "Variables", altered: ["A"] },
  ]],
  ["a label", (s) => { s.Labels.team = "b"; }, [{ label: "Service labels", added: ["team=b"], removed: ["team=a"] }]],
  ["an option of the log driver", (s) => { s.TaskTemplate.LogDriver.Options["splunk-token"] = "x"; }, [{ altered: ["splunk-token"] }]],
  ["a field without words", (s) => { s.TaskTemplate.ContainerSpec.Privileges.SELinuxContext.Level = "x"; }, [
    { label: "TaskTemplate.ContainerSpec.Privileges.SELinuxContext.Level", before: null, after: null, raw: true },
  ]],
  ["what the words of a field leave out", (s) => void Object.assign(s.TaskTemplate.ContainerSpec.Mounts[0]?.VolumeOptions ?? {}, { NoCopy: true }), [
    { label: "TaskTemplate.ContainerSpec.Mounts", raw: true },
  ]],
])("%s", (_what, edit, expected) => {
  const changes = after(edit);
  expect(changes).toMatchObject(expected);
  expect(changes).toHaveLength(expected.length);
  expect(JSON.stringify(changes)).not.toContain("secret");
}); // biome-ignore format: table

it("says nothing of the same specification, and everything of none", () => {
  expect(specChanges(JSON.stringify(base), JSON.stringify(base))).toEqual([]);
  const gone = specChanges("null", JSON.stringify(base));
  expect(gone.map((change) => change.label)).toContain("Image");
});
