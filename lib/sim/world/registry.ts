/** Where simulated engines pull from. */
export interface Registry {
  /** The engine's sentence and status when an image cannot be had; null when it can. */
  refusal(image: string): { readonly status: number; readonly message: string } | null;
}

/** Has every image, but for tags and repositories whose name says that they are missing. */
export const fullRegistry: Registry = {
  refusal(image) {
    const bare = image.replace(/@.*$/, "");
    if (!/(^|[/:_-])(nope|nosuch|missing|none)([/:_-]|$)/.test(bare)) return null;
    return {
      status: 404,
      message: `manifest for ${/:[^/]+$/.test(bare) ? bare : `${bare}:latest`} not found: manifest unknown: manifest unknown`,
    };
  },
};

/** A machine without a network: what engines say there. */
export const noRegistry: Registry = {
  refusal(image) {
    const [host = ""] = image.split("/");
    const dial = /^[\d.]+:\d+$/.test(host)
      ? `Get "http://${host}/v2/": dial tcp ${host}: connect: connection refused`
      : 'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.1:53: read udp 127.0.0.1:50000->127.0.0.1:53: read: connection refused';
    return { status: 500, message: dial };
  },
};

/** Why a reference is none, in the engine's words; null when it is one. */
export function badReference(image: string): string | null {
  const name = image.replace(/@.*$/, "").replace(/:[\w.-]+$/, "");
  if (/[A-Z]/.test(name.replace(/^[^/]*[.:][^/]*\//, ""))) {
    const whole = name.includes("/") ? name : `library/${name}`;
    return `invalid reference format: repository name (${whole}) must be lowercase`;
  }
  return /^[a-z0-9]([\w.:/-]*[a-z0-9])?$/i.test(name) ? null : "invalid reference format";
}
