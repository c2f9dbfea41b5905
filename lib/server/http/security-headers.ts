import { randomBytes } from "node:crypto";

/** A fresh nonce for one answer: 128 random bits. */
export function createNonce(): string {
  return randomBytes(16).toString("base64");
}

/**
 * The style sheet that sonner (toasts) puts into the page by itself, without a way to give it a nonce.
 * The test beside this file recomputes the hash from the installed version.
 */
export const sonnerStyleHash = "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=";

/** SHA-256 of nothing: sonner appends its style element empty and fills it afterwards. Allows no style at all. */
const emptyStyleHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

/**
 * The content security policy of every answer. Scripts and style elements need the nonce; style attributes
 * are allowed because positions and sizes on the map are inline styles. `dev` adds what React's and Next's
 * development mode evaluates.
 */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    dev
      ? "style-src-elem 'self' 'unsafe-inline'"
      : `style-src-elem 'self' 'nonce-${nonce}' '${sonnerStyleHash}' '${emptyStyleHash}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The security headers of every answer, pages, API and refusals alike. `https`: the public URL is https. */
export function securityHeaders(policy: string, https: boolean): Readonly<Record<string, string>> {
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "cross-origin-resource-policy": "same-origin",
    // Over plain http browsers ignore the second, and complain of it on every page.
    ...(https && {
      "strict-transport-security": "max-age=31536000",
      "cross-origin-opener-policy": "same-origin",
    }),
  };
}
