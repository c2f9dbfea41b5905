import type { HostEscape } from "./host-escapes.ts";

/** What every container may do anyway: adding these again (after dropping all) opens nothing. */
const usual = new Set([
  "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP",
  "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
]); // biome-ignore format: one list

/** Capabilities beyond those of every container, under the kernel's names without `CAP_`. */
export function capabilityEscapes(added: readonly string[]): readonly HostEscape[] {
  return added
    .map((name) => name.trim().toUpperCase().replace(/^CAP_/, ""))
    .filter((name) => name !== "" && !usual.has(name))
    .map((detail) => ({ kind: "capability", detail }));
}
