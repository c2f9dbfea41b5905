import { files, isFolder, resolvePath } from "../shell/files.ts";
import { containerOf } from "./container-lookup.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";

/** A file of a container, as a header that says what it is and as a tar file. */
function archive(call: Call): Answer {
  const { query, response, world } = call;
  const { id } = containerOf(call);
  const asked = query.get("path") ?? "";
  if (asked === "") throw new Refusal(400, "bad parameter: pathcannot be empty");
  const path = resolvePath("/", asked);
  const text = files[path];
  if (text === undefined && !isFolder(path))
    throw new Refusal(404, `Could not find the file ${asked} in container ${id}`);
  const name = path.split("/").at(-1) ?? "";
  const stat = {
    name,
    size: Buffer.byteLength(text ?? ""),
    mode: 493,
    mtime: new Date(world.createdAt).toISOString(),
    linkTarget: "",
  };
  response.writeHead(200, {
    "Content-Type": "application/x-tar",
    "X-Docker-Container-Path-Stat": Buffer.from(JSON.stringify(stat)).toString("base64"),
  });
  response.end(response.req.method === "HEAD" ? undefined : tarOf(name, Buffer.from(text ?? "")));
  return "open";
}

/** One file as a tar archive. */
function tarOf(name: string, bytes: Buffer): Buffer {
  const head = Buffer.alloc(512);
  head.write(name.slice(0, 99), 0);
  head.write("0000755\0", 100);
  head.write("0000000\0", 108);
  head.write("0000000\0", 116);
  head.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
  head.write("00000000000\0", 136);
  head.write("        ", 148);
  head.write("0", 156);
  head.write("ustar\u000000", 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
  return Buffer.concat([head, bytes, padding, Buffer.alloc(1_024)]);
}

export const archiveRoutes: readonly Route[] = [
  { method: "GET", path: "/containers/{ref}/archive", handle: archive },
  { method: "HEAD", path: "/containers/{ref}/archive", handle: archive },
];
