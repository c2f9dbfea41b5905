import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSeed, type KeyPair, keyPairOf } from "#lib/tunnel/proofs.ts";

/** Who this agent is, and which server it has met. Kept in the agent's own folder. */
export interface Identity {
  readonly key: KeyPair;
  /** The public key of the server that took this agent in; null before. */
  serverKey(): string | null;
  rememberServer(publicKey: string): void;
}

/** Reads the agent's key, making it on the first start. Throws when the folder cannot be used. */
export function loadIdentity(dataDir: string): Identity {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const keyFile = join(dataDir, "agent.key");
  const serverFile = join(dataDir, "server.pub");
  let seed = readIfThere(keyFile);
  if (seed === null) {
    seed = createSeed();
    // Never replaces a key that another process made at the same moment.
    writeFileSync(keyFile, `${seed}\n`, { mode: 0o600, flag: "wx" });
  }
  let serverKey = readIfThere(serverFile);
  return {
    key: keyPairOf(seed),
    serverKey: () => serverKey,
    rememberServer(publicKey) {
      if (publicKey === serverKey) return;
      writeFileSync(serverFile, `${publicKey}\n`, { mode: 0o600 });
      serverKey = publicKey;
    },
  };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
