import {
  createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, timingSafeEqual, verify,
} from "node:crypto"; // biome-ignore format: one block
import type { Challenge, Hello } from "#lib/shared/agent/protocol.ts";

/** An Ed25519 key pair: `publicKey` is the raw 32 bytes in base64url, as it travels. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** Who speaks: what one side has said can never be said by the other. */
type Side = "agent" | "server";

export function createNonce(): string {
  return randomBytes(32).toString("base64url");
}

/** What precedes the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** 32 random bytes in base64url, the private part of a key pair. */
export function createSeed(): string {
  return randomBytes(32).toString("base64url");
}

/** The key pair of a seed. Throws when it is not 32 bytes in base64url. */
export function keyPairOf(seed: string): KeyPair {
  const bytes = Buffer.from(seed, "base64url");
  if (bytes.length !== 32) throw new Error("a key has 32 bytes");
  const der = Buffer.concat([pkcs8, bytes]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey).export({ format: "jwk" }).x;
  if (!publicKey) throw new Error("the key has no public part");
  return { publicKey, privateKey };
}

/** Names a join key: a hash tells nothing about a key of 128 bits and more. */
export function joinKeyIdOf(joinKey: string): string {
  return createHash("sha256").update(`shoal join key id\n${joinKey}`).digest("hex").slice(0, 16);
}

/** Everything both sides have said, with fresh nonces of both: it fits no other handshake. */
function transcript(side: Side, challenge: Challenge, hello: Omit<Hello, "proof" | "signature">): string {
  return JSON.stringify([
    "shoal agent handshake", side, challenge.protocol, challenge.version, challenge.nonce, challenge.serverKey,
    hello.protocol, hello.nonce, hello.publicKey, hello.joinKeyId, hello.facts,
  ]); // biome-ignore format: one line per speaker
}

export function joinProof(
  joinKey: string,
  ...said: [Side, Challenge, Omit<Hello, "proof" | "signature">]
): string {
  return createHmac("sha256", joinKey)
    .update(transcript(...said))
    .digest("base64url");
}

export function isJoinProof(
  proof: string,
  joinKey: string,
  ...said: [Side, Challenge, Omit<Hello, "proof" | "signature">]
): boolean {
  const right = Buffer.from(joinProof(joinKey, ...said));
  const given = Buffer.from(proof);
  return given.length === right.length && timingSafeEqual(given, right);
}

export function keySignature(
  key: KeyPair,
  ...said: [Side, Challenge, Omit<Hello, "proof" | "signature">]
): string {
  return sign(null, Buffer.from(transcript(...said)), key.privateKey).toString("base64url");
}

export function isKeySignature(
  signature: string,
  publicKey: string,
  ...said: [Side, Challenge, Omit<Hello, "proof" | "signature">]
): boolean {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, Buffer.from(transcript(...said)), key, Buffer.from(signature, "base64url"));
  } catch {
    // Not a point of the curve.
    return false;
  }
}
