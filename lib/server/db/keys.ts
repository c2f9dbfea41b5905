import { randomBytes } from "node:crypto";
import type { Db } from "./open.ts";

/** Secrets of this installation, made once and kept in the database (and so in every backup). */
export interface Keys {
  /** Signs and encrypts the session cookie. */
  readonly sessionSecret: string;
  /** Mixed into the hash of every API token. */
  readonly tokenPepper: string;
  /** Encrypts the secrets of second factors, and is mixed into the hashes of recovery codes. */
  readonly twoFactorKey: string;
  /** Mixed into the hashes of webhooks' secrets. */
  readonly webhookPepper: string;
  /** Encrypts join keys. */
  readonly joinKeyKey: string;
  /** Seed of the key pair by which agents know this server again, see server/tunnel. */
  readonly agentServerKey: string;
  /** Encrypts the files of stacks, and their variables. */
  readonly stackFilesKey: string;
}

/** Reads the keys, making those that are missing. */
export function loadKeys(db: Db): Keys {
  const insert = db.prepare("INSERT INTO keys (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const select = db.prepare("SELECT value FROM keys WHERE name = ?").pluck();
  const key = (name: string): string => {
    const known = select.get(name);
    if (typeof known === "string") return known;
    insert.run(name, randomBytes(32).toString("base64url"));
    // Read back: another process may have made it at the same moment.
    return String(select.get(name));
  };
  return {
    sessionSecret: key("session"),
    tokenPepper: key("token"),
    twoFactorKey: key("two-factor"),
    webhookPepper: key("webhook"),
    joinKeyKey: key("join-key"),
    agentServerKey: key("agent-server"),
    stackFilesKey: key("stack-files"),
  };
}
