import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

const keyOf = (key: string): Buffer => createHash("sha256").update(key).digest();

/** Encrypts bytes (AES-256-GCM). `owner` is bound to them: they open for nobody else. */
export function seal(bytes: Buffer, key: string, owner: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyOf(key), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** What was sealed for this owner with this key. Throws when it was changed, or sealed for another. */
export function unseal(text: string, key: string, owner: string): Buffer {
  const all = Buffer.from(text, "base64url");
  const decipher = createDecipheriv(algorithm, keyOf(key), all.subarray(0, nonceBytes))
    .setAAD(Buffer.from(owner))
    .setAuthTag(all.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(all.subarray(nonceBytes + tagBytes)), decipher.final()]);
}
