import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import { registriesTable } from "#lib/server/db/registries.ts";
import type { RegistryCreate } from "#lib/shared/registries/schemas.ts";
import { registryKey } from "./key-file.ts";
import { createRegistries, type Registries } from "./registries.ts";

let dataDir: string;
let db: Db;
let registries: Registries;
const log = { error: vi.fn() };
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-registries-"));
  db = openDatabase(dataDir);
  const key = () => registryKey(dataDir);
  registries = createRegistries({ table: registriesTable(db), key, now: Date.now, log });
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

const password = "pä55wort-4711";
const input: RegistryCreate = {
  name: "ours",
  kind: "generic",
  address: "reg.example:5000",
  user: "ann",
  password,
};
const sent = (header: string | null) => JSON.parse(Buffer.from(header ?? "", "base64url").toString());

it("answers the header for an image's registry, with padding, and nothing for another's", () => {
  registries.create(input);
  const header = registries.registryAuthFor("reg.example:5000/team/app:1", "local");
  expect(sent(header)).toEqual({ username: "ann", password, serveraddress: "reg.example:5000" });
  expect((header ?? "").length % 4).toBe(0);
  expect(registries.registryAuthFor("nginx", "local")).toBeNull();
});

it("keeps no password in plain text, and the key in a file of its own that only its owner reads", () => {
  const { id } = registries.create(input);
  expect(registries.list()).toEqual([registries.get(id)]);
  expect(JSON.stringify(registries.list())).not.toContain("sealed");
  db.pragma("wal_checkpoint(TRUNCATE)");
  for (const name of readdirSync(dataDir)) {
    expect(readFileSync(join(dataDir, name)).includes(password), name).toBe(false);
  }
  expect(statSync(join(dataDir, "registries.key")).mode & 0o777).toBe(0o600);
  expect(registryKey(dataDir)).toBe(registryKey(dataDir));
});

it("says when its key is another one, and takes a new password", () => {
  registries.create(input);
  writeFileSync(join(dataDir, "registries.key"), Buffer.alloc(32, 7).toString("base64url"));
  expect(registries.registryAuthFor("reg.example:5000/a/b", "local")).toBeNull();
  expect(log.error).toHaveBeenCalled();
  expect(() => registries.login("ours")).toThrow("ours");
  registries.update("ours", { password: "new" });
  expect(registries.login("ours").password).toBe("new");
  writeFileSync(join(dataDir, "registries.key"), "short");
  expect(() => registryKey(dataDir)).toThrow("holds no key");
});

it("does not tell another address the password of the old one", () => {
  registries.create(input);
  expect(() => registries.update("ours", { address: "evil.example" })).toThrow("password");
  expect(registries.get("ours").address).toBe("reg.example:5000");
  // Neither does a row whose address was changed behind our back.
  db.prepare("UPDATE registries SET address = 'evil.example'").run();
  expect(registries.registryAuthFor("evil.example/a/b", "local")).toBeNull();
  registries.update("ours", { address: "other.example", password: "p2", clusters: ["local"] });
  expect(registries.listIn("elsewhere")).toEqual([]);
  expect(sent(registries.registryAuthFor("other.example/a/b", "local")).password).toBe("p2");
});

it("names are unique in any case; what is removed is used no more", () => {
  registries.create(input);
  expect(() => registries.create({ ...input, name: "OURS" })).toThrow("OURS");
  registries.remove("ours");
  expect(registries.registryAuthFor("reg.example:5000/a/b", "local")).toBeNull();
  expect(() => registries.get("ours")).toThrow("ours");
});
