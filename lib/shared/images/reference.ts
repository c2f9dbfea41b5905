/** Names of images as Docker compares them. */

/** Parts of `registry:5000/acme/api:1.2@sha256:…` in full: Docker Hub and `latest` are said, a digest stands for the tag. */
export interface ImageReference {
  /** `docker.io/library/nginx` */
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

/** Reads a reference; what Docker leaves out is put in. */
function readReference(text: string): ImageReference {
  const [named = "", digest = null] = text.split("@");
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? null : named.slice(colon + 1);
  return { repository: fullName(name), tag: tag ?? (digest === null ? "latest" : null), digest };
}

/** Keys under which an image may be meant by a specification: each tag, each digest, and its id. */
export function keysOfImage(image: {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
}): readonly string[] {
  return [image.id, ...[...image.tags, ...image.digests].flatMap((each) => keysOfReference(each))];
}

/** What a reference in a specification may mean: its digest, its tag, and an id. */
export function keysOfReference(text: string): readonly string[] {
  if (/^(sha256:)?[0-9a-f]{64}$/.test(text)) return [text.startsWith("sha256:") ? text : `sha256:${text}`];
  const { repository, tag, digest } = readReference(text);
  // With both, Docker goes by the digest; the tag is kept as well because images that were loaded have no digest.
  return [
    ...(digest === null ? [] : [`${repository}@${digest}`]),
    ...(tag === null ? [] : [`${repository}:${tag}`]),
  ];
}

/** How `POST /images/create` wants a reference. */
export function pullQuery(text: string): { readonly fromImage: string; readonly tag: string } {
  const [named = "", digest] = text.split("@");
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  // Without a tag Docker would pull all of them.
  return { fromImage: name, tag: digest ?? (colon < 0 ? "latest" : named.slice(colon + 1)) };
}

/** The host that credentials are for. */
export function registryOf(text: string): string {
  const host = readReference(text).repository.split("/")[0] ?? "";
  return host === "docker.io" ? "https://index.docker.io/v1/" : host;
}

function fullName(name: string): string {
  const slash = name.indexOf("/");
  const host = slash < 0 ? "" : name.slice(0, slash);
  if (host === "docker.io" || host === "index.docker.io") return fullName(name.slice(slash + 1));
  if (host.includes(".") || host.includes(":") || host === "localhost") return name;
  return slash < 0 ? `docker.io/library/${name}` : `docker.io/${name}`;
}
