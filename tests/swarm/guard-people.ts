import type { OperationId } from "#lib/shared/api/operations.ts";

/** For the walk over all operations: bodies about people that are valid and, for those who may, harmless. */
export const peopleBodies: Partial<Record<OperationId, unknown>> = {
  createUser: { name: "guard", role: "viewer", password: "long enough words" },
  createOwnToken: { name: "guard", role: "viewer", expiresInDays: 1 },
  beginTwoFactor: { current: "not the password" },
  confirmTwoFactor: { code: "000000" },
  disableTwoFactor: { current: "not the password" },
  renewRecoveryCodes: { current: "not the password" },
};

/** What of it only a person in a browser has. */
export const peopleInBrowser: readonly OperationId[] = [
  "listOwnTokens", "createOwnToken", "revokeOwnToken", "getTwoFactor", "beginTwoFactor", "confirmTwoFactor",
  "disableTwoFactor", "renewRecoveryCodes",
]; // biome-ignore format: list
