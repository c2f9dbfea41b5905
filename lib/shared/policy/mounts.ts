import type { HostEscape } from "./host-escapes.ts";
import { entriesAt, isEmpty, itemsAt, textsAt, valuesAt } from "./members.ts";

/** Types whose content is made for the container, or comes from a store that somebody who may has filled. */
const ownTypes = new Set(["volume", "tmpfs", "image", "cluster"]);

/** The mounts of objects with a member `Mounts` that show something of the host. */
export function mountEscapes(holders: readonly unknown[]): readonly HostEscape[] {
  return holders.flatMap((holder) => itemsAt(holder, "Mounts").flatMap(mountEscape));
}

function mountEscape(mount: unknown): readonly HostEscape[] {
  // Engines take a type in any case, and a mount of a service without one for a bind.
  const types = textsAt(mount, "Type").map((type) => type.toLowerCase());
  const [source = "", target = ""] = [
    textsAt(mount, "Source").join(", "),
    textsAt(mount, "Target").join(", "),
  ];
  const isOwn = types.length > 0 && types.every((type) => ownTypes.has(type));
  return [...(isOwn ? [] : [bind(source, target, wordsOf(mount))]), ...optionEscapes(mount, source)];
}

function wordsOf(mount: unknown): BindWords {
  const said = valuesAt(mount, "ReadOnly");
  return {
    readOnly: said.length > 0 && said.every((value) => value === true),
    propagation: spreading(textsAt(mount, "BindOptions", "Propagation")),
  };
}

/** The local driver mounts whatever its options say: a directory, a device, a share. */
function optionEscapes(mount: unknown, source: string): readonly HostEscape[] {
  return valuesAt(mount, "VolumeOptions", "DriverConfig").flatMap((config) => {
    const options = entriesAt(config, "Options").filter(([, value]) => !isEmpty(value));
    if (options.length === 0) return [];
    const words = options
      .map(([name, value]) => `${name}=${String(value)}`)
      .sort()
      .join(", ");
    return [{ kind: "volume_options" as const, detail: [source, words].filter(Boolean).join(": ") }];
  });
}

/** `Binds` of a container: `/host:/inside:ro`, or a volume's name first. */
export function bindEscapes(binds: readonly string[]): readonly HostEscape[] {
  return binds.flatMap((text) => {
    const windows = /^([A-Za-z]:[\\/][^:]*):(.*)$/.exec(text);
    const [source = "", target = "", mode = ""] = windows
      ? [windows[1], ...(windows[2] ?? "").split(":")]
      : text.split(":");
    const words = mode.split(",");
    const isPath = /^[/\\.~]/.test(source) || windows !== null;
    return isPath && target !== ""
      ? [bind(source, target, { readOnly: words.includes("ro"), propagation: spreading(words) })]
      : [];
  });
}

/** Words for a directory of the host in a container. One that is opened for writing is another than the same for reading. */
function bind(source: string, target: string, options: BindWords): HostEscape {
  const extra = [options.propagation, options.readOnly ? readOnlyWord : ""].filter(Boolean);
  const words = [`${source} → ${target}`, ...extra].join(", ");
  return { kind: holdsSocket(source) ? "docker_socket" : "bind", detail: words };
}

interface BindWords {
  readonly readOnly: boolean;
  /** Of mounts made later, where it is not the usual none. */
  readonly propagation: string;
}

const readOnlyWord = "read-only";

/** The same mount, opened for writing: who has this has the other. */
export function withoutReadOnly(detail: string): string {
  return detail.endsWith(`, ${readOnlyWord}`) ? detail.slice(0, -readOnlyWord.length - 2) : detail;
}

function spreading(words: readonly string[]): string {
  return words.filter((word) => /^r?(shared|slave)$/.test(word)).join(" ");
}

/** Is this path the engine's socket, or one of the directories above it? */
function holdsSocket(source: string): boolean {
  const parts: string[] = [];
  for (const part of source.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = `/${parts.join("/")}`;
  return ["/var/run/docker.sock", "/run/docker.sock"].some(
    (socket) => path === "/" || socket === path || socket.startsWith(`${path}/`),
  );
}
