import { describe, expect, test } from "vitest";
import { addedEscapes, escapesIn } from "./host-escapes.ts";

const service = (container: unknown, template: object = {}) => ({
  Name: "web",
  TaskTemplate: { ContainerSpec: container, ...template },
});
const kinds = (spec: unknown) => escapesIn(spec).map(({ kind }) => kind);

describe("a service", () => {
  test("that stays in its containers opens nothing", () => {
    const harmless = {
      Image: "nginx:1",
      Mounts: [
        {
          Type: "volume",
          Source: "data",
          Target: "/data",
          VolumeOptions: { DriverConfig: { Name: "local" } },
        },
        { Type: "tmpfs", Target: "/tmp" },
      ],
      CapabilityAdd: ["CAP_NET_BIND_SERVICE", "chown"],
      CapabilityDrop: ["ALL"],
      Privileges: { NoNewPrivileges: true, CredentialSpec: null, Seccomp: { Mode: "default" } },
    };
    expect(escapesIn(service(harmless, { Networks: [{ Target: "abc" }], Runtime: "container" }))).toEqual([]);
    expect([null, undefined, 3, "x", []].flatMap((spec) => escapesIn(spec))).toEqual([]);
  });

  test.each([
    ["a bind mount", { Mounts: [{ Type: "bind", Source: "/etc", Target: "/x" }] }, "bind"],
    [
      "a mount without a type, which engines take for a bind",
      { Mounts: [{ Source: "/etc", Target: "/x" }] },
      "bind",
    ],
    ["a type in another case", { Mounts: [{ Type: "BIND", Source: "/etc", Target: "/x" }] }, "bind"],
    ["a named pipe", { Mounts: [{ Type: "npipe", Source: "x", Target: "/x" }] }, "bind"],
    [
      "the socket",
      { Mounts: [{ Type: "bind", Source: "/var/run/docker.sock", Target: "/s" }] },
      "docker_socket",
    ],
    [
      "a directory above the socket",
      { Mounts: [{ Type: "bind", Source: "/var/lib/../run/", Target: "/s" }] },
      "docker_socket",
    ],
    ["a capability", { CapabilityAdd: ["cap_sys_admin"] }, "capability"],
    ["no seccomp", { Privileges: { Seccomp: { Mode: "unconfined" } } }, "confinement"],
    ["a member in another case", { mOuNtS: [{ tYpe: "bind", source: "/etc", target: "/x" }] }, "bind"],
    [
      "a member in letters that fold",
      { "Mount\u017f": [{ Type: "bind", Source: "/etc", Target: "/x" }] },
      "bind",
    ],
  ])("with %s", (_name, container, kind) => {
    expect(kinds(service(container))).toEqual([kind]);
  });

  test("with both spellings of a member has both", () => {
    const mount = (type: string) => [{ Type: type, Source: "/etc", Target: "/x" }];
    expect(kinds(service({ mounts: mount("bind"), Mounts: mount("volume") }))).toEqual(["bind"]);
    expect(kinds({ tasktemplate: { containerspec: { capabilityadd: ["ALL"] } } })).toEqual(["capability"]);
  });

  test("with options of a volume's driver", () => {
    const options = { type: "none", o: "bind", device: "/etc" };
    const mount = {
      Type: "volume",
      Source: "v",
      Target: "/v",
      VolumeOptions: { DriverConfig: { Options: options } },
    };
    expect(escapesIn(service({ Mounts: [mount] }))).toEqual([
      { kind: "volume_options", detail: "v: device=/etc, o=bind, type=none" },
    ]);
  });

  test("in the host's network, by name or by an id that is known", () => {
    const spec = (target: string) => service({}, { Networks: [{ Target: target }] });
    expect(kinds(spec("host"))).toEqual(["host_network"]);
    expect(escapesIn(spec("h0st"), { hostNetworks: new Set(["h0st"]) })).toHaveLength(1);
    expect(kinds({ Networks: [{ Target: "host" }] })).toEqual(["host_network"]);
  });

  test("that is an engine's plugin", () => {
    expect(kinds({ TaskTemplate: { Runtime: "plugin", PluginSpec: { Remote: "x" } } })).toEqual(["plugin"]);
  });
});

describe("a container", () => {
  test.each<[string, object, readonly string[]]>([
    ["Privileged", { Privileged: true }, ["privileged"]],
    ["PidMode", { PidMode: "host" }, ["host_namespace"]],
    ["another's PidMode", { PidMode: "container:x" }, ["other_container"]],
    ["NetworkMode", { NetworkMode: "host" }, ["host_network"]],
    ["Binds", { Binds: ["/etc:/x:ro", "data:/data", "C:\\x:/y"] }, ["bind", "bind"]],
    ["the socket", { Binds: ["/run/docker.sock:/s"] }, ["docker_socket"]],
    ["Mounts", { Mounts: [{ Type: "bind", Source: "/", Target: "/x" }] }, ["docker_socket"]],
    ["Devices", { Devices: [{ PathOnHost: "/dev/sda", PathInContainer: "/dev/a" }] }, ["device"]],
    ["DeviceRequests", { DeviceRequests: [{ Count: -1 }] }, ["device"]],
    ["CapAdd", { CapAdd: ["ALL"] }, ["capability"]],
    ["SecurityOpt", { SecurityOpt: ["no-new-privileges", "seccomp=unconfined"] }, ["confinement"]],
    ["MaskedPaths", { MaskedPaths: [] }, ["confinement"]],
    ["CgroupParent", { CgroupParent: "/x" }, ["host_namespace"]],
    ["Runtime", { Runtime: "kata" }, ["runtime"]],
    ["VolumesFrom", { VolumesFrom: ["other"] }, ["other_container"]],
    [
      "nothing",
      { NetworkMode: "bridge", Runtime: "runc", Binds: null, Privileged: false, IpcMode: "private" },
      [],
    ],
  ])("%s", (_name, host, found) => {
    expect(kinds({ Image: "x", HostConfig: host })).toEqual(found);
  });
});

test("Shoal's own data is no volume like others, in a service and in a container", () => {
  const facts = { ownVolumes: new Set(["shoal-data"]) };
  const mount = (Source: string) => ({ Type: "volume", Source, Target: "/x" });
  const own = [{ kind: "own_volume", detail: "shoal-data" }];
  expect(escapesIn(service({ Mounts: [mount("shoal-data"), mount("data")] }), facts)).toEqual(own);
  expect(escapesIn({ HostConfig: { Mounts: [mount("shoal-data")] } }, facts)).toEqual(own);
  expect(escapesIn({ HostConfig: { Binds: ["shoal-data:/x:ro", "data:/y"] } }, facts)).toEqual(own);
  expect(escapesIn(service({ Mounts: [mount("shoal-data")] }))).toEqual([]);
});

describe("a change", () => {
  const etc = { Type: "bind", Source: "/etc", Target: "/x" };

  test("keeps what was there, whatever else it changes", () => {
    const before = service({ Image: "a", Mounts: [etc] });
    expect(addedEscapes(before, service({ Image: "b", Mounts: [{ ...etc }] }))).toEqual([]);
    expect(addedEscapes(before, service({ Image: "b", Mounts: [{ ...etc, ReadOnly: true }] }))).toEqual([]);
    expect(addedEscapes(before, service({ Image: "b" }))).toEqual([]);
  });

  test("adds what is elsewhere, or may do more", () => {
    const readOnly = service({ Mounts: [{ ...etc, ReadOnly: true }] });
    expect(addedEscapes(readOnly, service({ Mounts: [etc] }))).toEqual([
      { kind: "bind", detail: "/etc → /x" },
    ]);
    expect(
      addedEscapes(readOnly, service({ Mounts: [{ ...etc, ReadOnly: true, Target: "/y" }] })),
    ).toHaveLength(1);
    const shared = { ...etc, BindOptions: { Propagation: "rshared" } };
    expect(addedEscapes(service({ Mounts: [etc] }), service({ Mounts: [shared] }))).toHaveLength(1);
  });
});
