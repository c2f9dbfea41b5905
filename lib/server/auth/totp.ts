import { createHmac, timingSafeEqual } from "node:crypto";

/** One code per this many milliseconds (RFC 6238's X). */
const stepMs = 30_000;
const digits = 6;
const base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The number of the time step a moment (ms since 1970) lies in. */
export function stepAt(now: number): number {
  return Math.floor(now / stepMs);
}

/** The code of one time step: RFC 6238 with SHA-1 and six digits, which is what every authenticator app knows. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/**
 * The time step this code belongs to: the present one, or one beside it for clocks that differ; null when it is
 * none of these. Every candidate is compared, each in constant time.
 */
export function stepOf(secret: Buffer, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  let found: number | null = null;
  for (const step of [stepAt(now) - 1, stepAt(now), stepAt(now) + 1]) {
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) found = step;
  }
  return found;
}

/** Base32 (RFC 4648) without padding: how people and apps read a secret. */
export function toBase32(bytes: Buffer): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += base32Letters[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + base32Letters[(value << (5 - bits)) & 31];
}

/** The address a QR code holds for authenticator apps. */
export function otpauthUri(secret: Buffer, account: string): string {
  const label = `Shoal:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=Shoal&algorithm=SHA1&digits=${digits}&period=${stepMs / 1000}`;
}
