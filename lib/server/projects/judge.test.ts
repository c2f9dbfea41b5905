import { expect, it } from "vitest";
import "#lib/shared/i18n/pages/all.ts";
import { createJudge } from "./judge.ts";

const engine = {
  get: async <T>(path: string) => ({ Driver: path.endsWith("/hostnetid") ? "host" : "bridge" }) as T,
};
const labels = { "com.docker.compose.project": "shop", "com.docker.compose.service": "web" };
const judge = (mayReachHost: boolean) =>
  createJudge({
    engine,
    project: "shop",
    mayReachHost,
    ownVolumes: new Set(["shoal-data"]),
    folder: "/data/run-1/files",
  });
const body = (host: object, more: object = {}) => ({ Image: "i", Labels: labels, HostConfig: host, ...more });

it.each<[string, object]>([
  ["privileged", { Privileged: true }],
  ["in another case", { privileged: true }],
  ["host network", { NetworkMode: "host" }],
  ["host network by its id", { NetworkMode: "hostnetid" }],
  ["host pid", { PidMode: "host" }],
  ["another container", { IpcMode: "container:abc" }],
  ["bind", { Binds: ["/etc:/etc:ro"] }],
  ["bind mount", { Mounts: [{ Type: "bind", Source: "/srv", Target: "/srv" }] }],
  ["socket", { Binds: ["/var/run/docker.sock:/s"] }],
  ["device", { Devices: [{ PathOnHost: "/dev/sda", PathInContainer: "/dev/sda" }] }],
  ["capability", { CapAdd: ["SYS_ADMIN"] }],
  ["no seccomp", { SecurityOpt: ["seccomp=unconfined"] }],
  ["Shoal's own data", { Binds: ["shoal-data:/x"] }],
  ["Shoal's own data as a mount", { Mounts: [{ Type: "volume", Source: "shoal-data", Target: "/x" }] }],
  ["volumes from", { VolumesFrom: ["other"] }],
  ["control group", { CgroupParent: "/x" }],
  ["runtime", { Runtime: "other" }],
])("%s is an admin's alone", async (_, host) => {
  expect(await judge(false).container(body(host))).toContain("web opens a way from its containers");
  expect(await judge(true).container(body(host))).toBeNull();
});

it("lets plain containers, volumes and networks through, for everybody", async () => {
  const plain = body(
    { NetworkMode: "shop_default", Binds: ["data:/data"], SecurityOpt: ["no-new-privileges:true"] },
    { NetworkingConfig: { EndpointsConfig: { shop_default: {} } } },
  );
  expect(await judge(false).container(plain)).toBeNull();
  expect(judge(false).volume({ Name: "data" })).toBeNull();
  expect(judge(false).network({ Name: "n", Driver: "bridge" })).toBeNull();
});

it("lets nobody mount the folder of the run, or make what is of another project", async () => {
  const mounted = body({ Mounts: [{ Type: "bind", Source: "/data/run-1/files/x", Target: "/x" }] });
  expect(await judge(true).container(mounted)).toContain("web mounts x, a path beside the file");
  const foreign = { ...body({}), Labels: { ...labels, "com.docker.compose.project": "other" } };
  expect(await judge(true).container(foreign)).toBe("web is not of this project");
});

it("holds drivers of volumes and networks to the same", () => {
  expect(judge(false).volume({ Name: "v", DriverOpts: { type: "none", device: "/etc" } })).toContain(
    "device=/etc",
  );
  expect(judge(false).volume({ Name: "v", Driver: "nfs" })).toContain("volume driver nfs");
  expect(judge(false).network({ Name: "n", Driver: "macvlan" })).toContain("macvlan");
  expect(judge(true).network({ Name: "n", Driver: "macvlan" })).toBeNull();
});
