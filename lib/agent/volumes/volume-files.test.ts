import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { VolumeFiles } from "#lib/shared/volumes/files.ts";
import { createNodeApi } from "../node-api.ts";
import { volumeRoutes } from "./volume-routes.ts";

/** The agent's answers about files of a volume: a real folder, behind an engine that says where it lies. */
const root = mkdtempSync(join(tmpdir(), "shoal-volumes-"));
const data = join(root, "volumes", "data", "_data");
const socket = join(root, "engine.sock");
/** Device files and mounts are made by root alone, as are the labs of the other tests. */
const isRoot = process.getuid?.() === 0;
const secret = "outside of the volume";
let engine: Server;
let agent: ReturnType<typeof createNetServer>;

const volumes: Readonly<Record<string, object>> = {
  data: { Driver: "local", Mountpoint: data, Options: null },
  nfs: { Driver: "local", Mountpoint: data, Options: { type: "nfs", device: ":/x" } },
  plugin: { Driver: "cloud", Mountpoint: data },
  escaped: { Driver: "local", Mountpoint: join(root, "elsewhere") },
  dots: { Driver: "local", Mountpoint: `${root}/volumes/../elsewhere` },
  swapped: { Driver: "local", Mountpoint: join(root, "volumes", "swapped", "_data") },
  hidden: { Driver: "local", Mountpoint: join(root, "volumes", "none", "_data") },
};

beforeAll(async () => {
  if (!isRoot) return;
  mkdirSync(join(data, "dir", "deep"), { recursive: true });
  mkdirSync(join(root, "elsewhere"));
  mkdirSync(join(root, "volumes", "swapped"));
  symlinkSync(join(root, "elsewhere"), join(root, "volumes", "swapped", "_data"));
  writeFileSync(join(root, "elsewhere", "secret"), secret);
  writeFileSync(join(data, "plain.txt"), "hello");
  writeFileSync(join(data, "dir", "deep", "file"), "deep");
  symlinkSync("../../../elsewhere/secret", join(data, "link"));
  symlinkSync("../../../elsewhere", join(data, "linkdir"));
  symlinkSync("loop", join(data, "loop"));
  symlinkSync("/proc/1/root", join(data, "dir", "proc"));
  execFileSync("mkfifo", [join(data, "pipe")]);
  execFileSync("mknod", [join(data, "zero"), "c", "1", "5"]);
  writeFileSync(Buffer.concat([Buffer.from(`${data}/`), Buffer.from([0x61, 0xff, 0x0a])]), "bytes");
  engine = createServer((asked, answer) => {
    if (asked.url === "/info") return void answer.end(JSON.stringify({ DockerRootDir: root }));
    const found = volumes[decodeURIComponent(asked.url?.split("/").at(-1) ?? "")];
    answer.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? { message: "no such volume" }));
  });
  await once(engine.listen(socket), "listening");
  const api = createNodeApi({ version: "1", routes: volumeRoutes({ socket, folder: null }) });
  agent = createNetServer((stream) => void api.serve(() => stream));
  await once(agent.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => {
  engine?.close();
  agent?.close();
  rmSync(root, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly reason: string | null;
}

function call(
  method: string,
  path: string,
  query: Readonly<Record<string, string>>,
  upload?: Readable,
): Promise<Answer> {
  const search = new URLSearchParams({ volume: "data", ...query });
  return new Promise((resolve, reject) => {
    const createConnection = () => connect((agent.address() as AddressInfo).port, "127.0.0.1");
    const asked = request({ method, path: `${path}?${search}`, createConnection }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
      const [status, body] = [answer.statusCode ?? 0, Buffer.concat(chunks)];
      resolve({ status, body, reason: status < 300 ? null : JSON.parse(String(body)).message });
    });
    asked.on("error", reject);
    if (upload) upload.pipe(asked);
    else asked.end();
  });
}
const read = (path: string, volume = "data") => call("GET", "/volumes/file", { path, volume });
const list = async (path: string): Promise<VolumeFiles> =>
  JSON.parse(String((await call("GET", "/volumes/files", { path })).body));

describe.runIf(isRoot)("paths are resolved inside of the volume", () => {
  test.each([
    ["plain.txt", null],
    ["dir/deep/file", null],
    ["a%FF%0A", null],
    ["", "whole_volume"],
    ["..", "bad_path"],
    ["../swapped", "bad_path"],
    ["dir/../plain.txt", "bad_path"],
    ["%2e%2e/x", "bad_path"],
    ["dir/%2E./x", "bad_path"],
    ["./plain.txt", "bad_path"],
    ["/etc/passwd", "bad_path"],
    ["dir//deep/file", "bad_path"],
    ["dir/", "bad_path"],
    ["dir%2Fdeep%2Ffile", "bad_path"],
    ["plain.txt%00", "bad_path"],
    ["plain.txt\0", "bad_path"],
    ["100%", "bad_path"],
    ["x".repeat(256), "bad_path"],
    [Array.from({ length: 200 }, () => "d").join("/"), "bad_path"],
    ["link", "link"],
    ["linkdir/secret", "link"],
    ["dir/proc/etc/passwd", "link"],
    ["loop", "link"],
    ["loop/x", "link"],
    ["pipe", "not_a_file"],
    ["zero", "not_a_file"],
    ["dir", "not_a_file"],
    ["plain.txt/x", "not_a_folder"],
    ["nothing", "not_found"],
    ["nothing/below", "not_found"],
  ])("%j: %s", async (path, reason) => {
    const answer = await read(path);
    expect(answer.reason).toBe(reason);
    expect(String(answer.body)).not.toContain(secret);
  });

  test.each([
    ["nfs", "from_elsewhere"],
    ["escaped", "from_elsewhere"],
    ["dots", "from_elsewhere"],
    ["swapped", "from_elsewhere"],
    ["plugin", "not_local"],
    ["hidden", "not_visible"],
    ["unknown", "no_volume"],
  ])("of the volume %s nothing: %s", async (volume, reason) => {
    expect((await read("secret", volume)).reason).toBe(reason);
    expect((await call("GET", "/volumes/files", { volume })).reason).toBe(reason);
  });

  test("no change leads out through a link either", async () => {
    const body = () => Readable.from([Buffer.from("x")]);
    const put = (path: string) => call("PUT", "/volumes/file", { path, size: "1", replace: "1" }, body());
    expect((await put("linkdir/new")).reason).toBe("link");
    expect((await put("link")).reason).toBe("link");
    expect((await put("zero")).reason).toBe("not_a_file");
    expect((await call("POST", "/volumes/folder", { path: "linkdir/new" })).reason).toBe("link");
    expect((await call("DELETE", "/volumes/file", { path: "linkdir/secret" })).reason).toBe("link");
    expect((await call("POST", "/volumes/rename", { path: "linkdir/secret", to: "x" })).reason).toBe("link");
    expect((await call("POST", "/volumes/rename", { path: "plain.txt", to: "../x" })).reason).toBe(
      "bad_path",
    );
    expect(readdirSync(join(root, "elsewhere"))).toEqual(["secret"]);
  });

  test("a folder that turns into a link again and again never leads out", async () => {
    const [inside, aside] = [join(data, "swap"), join(data, "aside")];
    mkdirSync(inside);
    writeFileSync(join(inside, "secret"), "inside");
    symlinkSync(join(root, "elsewhere"), aside);
    let swaps = 0;
    let done = false;
    const swapping = (async () => {
      while (!done) {
        // Folder away, link in its place, and back: each moment of it meets some request.
        renameSync(inside, `${inside}.real`);
        renameSync(aside, inside);
        await new Promise(setImmediate);
        renameSync(inside, aside);
        renameSync(`${inside}.real`, inside);
        swaps += 1;
        await new Promise(setImmediate);
      }
    })();
    const seen = new Map<string, number>();
    for (let round = 0; round < 150; round += 1) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => read("swap/secret")));
      for (const { reason, body } of answers) {
        const what = reason ?? String(body);
        seen.set(what, (seen.get(what) ?? 0) + 1);
      }
    }
    done = true;
    await swapping;
    expect([...seen.keys()]).not.toContain(secret);
    expect(seen.get("inside")).toBeGreaterThan(0);
    expect((seen.get("link") ?? 0) + (seen.get("not_found") ?? 0)).toBeGreaterThan(0);
    expect(swaps).toBeGreaterThan(50);
    rmSync(inside, { recursive: true });
    rmSync(aside);
  });

  test("what is mounted into the volume is not entered, also from the same disk", async () => {
    const at = join(data, "mounted");
    mkdirSync(at);
    execFileSync("mount", ["--bind", join(root, "elsewhere"), at]);
    try {
      expect((await read("mounted/secret")).reason).toBe("mount");
      expect((await call("DELETE", "/volumes/file", { path: "mounted", all: "1" })).reason).toBe("mount");
      expect((await list("")).items.find(({ name }) => name === "mounted")?.kind).toBe("mount");
    } finally {
      execFileSync("umount", [at]);
      rmSync(at, { recursive: true });
    }
    expect(readdirSync(join(root, "elsewhere"))).toEqual(["secret"]);
  });
});

describe.runIf(isRoot)("files", () => {
  test("are listed as what they are, folders first, in parts", async () => {
    const { items, total, next } = await list("");
    expect(items.map(({ name, kind, target }) => [name, kind, target])).toEqual([
      ["dir", "folder", null],
      ["a%FF%0A", "file", null],
      ["link", "link", "../../../elsewhere/secret"],
      ["linkdir", "link", "../../../elsewhere"],
      ["loop", "link", "loop"],
      ["pipe", "pipe", null],
      ["plain.txt", "file", null],
      ["zero", "device", null],
    ]);
    expect([total, next]).toEqual([8, null]);
    mkdirSync(join(data, "many"));
    for (let at = 0; at < 1_201; at += 1) writeFileSync(join(data, "many", `f${at}`), "");
    const names = new Set<string>();
    for (let from: number | null = 0; from !== null; ) {
      const page: VolumeFiles = JSON.parse(
        String((await call("GET", "/volumes/files", { path: "many", from: String(from) })).body),
      );
      for (const { name } of page.items) names.add(name);
      from = page.next;
    }
    expect(names.size).toBe(1_201);
  });

  test("come in whole, or not at all; they replace only what they are told to", async () => {
    const bytes = randomBytes(3_000_000);
    const put = (extra: object, body: Readable = Readable.from([bytes])) =>
      call("PUT", "/volumes/file", { path: "dir/new", size: String(bytes.length), ...extra }, body);
    expect((await put({ size: "10" })).reason).toBe("incomplete");
    expect((await put({ size: String(bytes.length + 1) })).reason).toBe("incomplete");
    expect((await put({ size: String(3 * 1024 ** 3) })).reason).toBe("too_large");
    const torn = Readable.from(
      (async function* () {
        yield bytes.subarray(0, 1_000_000);
        throw new Error("the connection is cut");
      })(),
    );
    const cut = request({
      method: "PUT",
      path: `/volumes/file?volume=data&path=dir/new&size=${bytes.length}`,
      createConnection: () => connect((agent.address() as AddressInfo).port, "127.0.0.1"),
    });
    cut.on("error", () => undefined);
    torn.on("error", () => cut.destroy());
    torn.pipe(cut);
    await new Promise((resolve) => cut.on("close", resolve));
    await expect.poll(() => readdirSync(join(data, "dir")).sort()).toEqual(["deep", "proc"]);
    expect((await put({})).status).toBe(200);
    expect((await put({})).reason).toBe("exists");
    expect((await put({ replace: "1" }, Readable.from([bytes]))).status).toBe(200);
    const { body } = await read("dir/new");
    const hash = (of: Buffer) => createHash("sha256").update(of).digest("hex");
    expect(hash(body)).toBe(hash(bytes));
    expect(readdirSync(join(data, "dir")).sort()).toEqual(["deep", "new", "proc"]);
  });

  test("and folders are made, renamed and removed", async () => {
    expect((await call("POST", "/volumes/folder", { path: "made" })).status).toBe(200);
    expect((await call("POST", "/volumes/folder", { path: "made" })).reason).toBe("exists");
    expect((await call("POST", "/volumes/rename", { path: "made", to: "dir" })).reason).toBe("exists");
    expect((await call("POST", "/volumes/rename", { path: "made", to: "done %25" })).status).toBe(200);
    expect(readdirSync(data)).toContain("done %");
    symlinkSync(join(root, "elsewhere"), join(data, "done %", "out"));
    mkdirSync(join(data, "done %", "sub"));
    writeFileSync(join(data, "done %", "sub", "x"), "x");
    expect((await call("DELETE", "/volumes/file", { path: "done %25" })).reason).toBe("not_empty");
    expect((await call("DELETE", "/volumes/file", { path: "done %25", all: "1" })).status).toBe(200);
    expect((await call("DELETE", "/volumes/file", { path: "a%FF%0A" })).status).toBe(200);
    expect((await call("DELETE", "/volumes/file", { path: "" })).reason).toBe("whole_volume");
    expect(readdirSync(data)).not.toContain("done %");
    expect(readFileSync(join(root, "elsewhere", "secret"), "utf8")).toBe(secret);
  });

  test("no handle stays open", () => {
    const open = readdirSync("/proc/self/fd").filter((fd) => {
      try {
        return readFileSync(`/proc/self/fdinfo/${fd}`, "utf8").includes("010000000");
      } catch {
        return false;
      }
    });
    expect(open).toEqual([]);
  });
});
