import type { Profile } from "../profiles/profile.ts";
import type { SimImage } from "../world/objects.ts";

/** The settings of an empty container, as engines write them. */
export const emptyConfig = {
  Hostname: "", Domainname: "", User: "", AttachStdin: false, AttachStdout: false, AttachStderr: false,
  Tty: false, OpenStdin: false, StdinOnce: false, Env: null, Cmd: null, Image: "", Volumes: null, WorkingDir: "", Entrypoint: null, OnBuild: null, Labels: null,
}; // biome-ignore format: facts

/** What containers of an image are made with when nothing else is said. */
export const imageConfig = {
  Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
  Cmd: ["/bin/app"],
  ExposedPorts: { "8080/tcp": {} },
  WorkingDir: "/",
};

/** Ns of 2 s. */
const often = 2_000_000_000;
export const imageCheck = {
  Test: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:8080/healthz"],
  Interval: often, Timeout: often, StartPeriod: often, Retries: 2,
}; // biome-ignore format: facts

export function imageJson({ id, tags, digests, createdAt, size }: SimImage, profile: Profile): object {
  return {
    Id: id,
    RepoTags: [...tags],
    RepoDigests: [...digests],
    Parent: "",
    Comment: "",
    Created: new Date(createdAt).toISOString(),
    ...(profile.hasVirtualSize && { Container: "", ContainerConfig: emptyConfig }),
    DockerVersion: "",
    Author: "",
    Config: { ...emptyConfig, ...imageConfig, Healthcheck: imageCheck },
    Architecture: "amd64",
    Os: "linux",
    Size: size,
    ...(profile.hasVirtualSize && { VirtualSize: size }),
    GraphDriver: {
      Data: { MergedDir: "/x/merged", UpperDir: "/x/diff", WorkDir: "/x/work" },
      Name: "overlay2",
    },
    RootFS: { Type: "layers", Layers: [id] },
    Metadata: { LastTagTime: new Date(createdAt).toISOString() },
  };
}
