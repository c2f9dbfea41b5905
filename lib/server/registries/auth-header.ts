/** Name and password for a registry, and the address that engines know it by. */
export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

/** The value of the header X-Registry-Auth. */
export function registryAuthHeader({ username, password, serveraddress }: RegistryLogin): string {
  const json = JSON.stringify({ username, password, serveraddress });
  // With padding, which Node's "base64url" leaves out: without it engines take the header for empty, and say nothing.
  return Buffer.from(json).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}
