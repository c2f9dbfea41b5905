import type { ClusterRoles } from "#lib/shared/access.ts";
import type {
  AuditItem, AuditPage, AuditResult, NewPasswordAnswer, NewTokenAnswer, TokenInfo, TwoFactorInfo, TwoFactorSetup,
  UserInfo,
} from "#lib/shared/api/people-types.ts"; // biome-ignore format: one block
import type { AccessRole, Role } from "#lib/shared/roles.ts";
import type { Caller } from "./runtime-types.ts";

/** What narrows the audit log; all that are given must match. */
export interface AuditFilter {
  /** Part of the user's name or the address, in any case. */
  readonly who?: string;
  readonly actions?: readonly string[];
  /** Part of the object's name, in any case. */
  readonly object?: string;
  readonly results?: readonly AuditResult[];
  /** ms since 1970, inclusive. */
  readonly from?: number;
  /** ms since 1970, exclusive. */
  readonly to?: number;
}

/** Reads what the AuditLog wrote. */
export interface AuditReader {
  /** At most `limit` rows older than the row `before`, newest first. */
  page(filter: AuditFilter, limit: number, before?: number): AuditPage;
  /** All rows that match, newest first, in pieces that fit into memory. */
  pieces(filter: AuditFilter): Iterable<readonly AuditItem[]>;
}

/** Accounts and tokens of everybody, and a person's own. `ref` is an id or a name. */
export interface PeopleService {
  listUsers(): readonly UserInfo[];
  /** Throws not_found. */
  user(ref: string): UserInfo;
  /** Throws already_done (the name is taken), invalid_input. */
  createUser(input: {
    name: string;
    role: AccessRole;
    clusters?: ClusterRoles | undefined;
    password?: string | undefined;
  }): Promise<NewPasswordAnswer>;
  /**
   * Ends what a disabled account, or one with a lower role, has open; another access to single clusters holds at once.
   * `clusters` replaces all of them. Throws not_found, already_done, last_admin, invalid_input (an admin has none).
   */
  changeUser(
    ref: string,
    change: { name?: string; role?: AccessRole; clusters?: ClusterRoles; disabled?: boolean },
  ): UserInfo;
  /** Ends the account's sessions. Throws not_found, invalid_input. */
  resetPassword(ref: string, password?: string): Promise<NewPasswordAnswer>;
  /** Throws not_found, conflict (there is none). */
  resetTwoFactor(ref: string): void;
  /** Throws not_found, last_admin. */
  removeUser(ref: string): void;

  listTokens(): readonly TokenInfo[];
  /** Throws not_found. */
  token(id: string): TokenInfo;
  /** Throws not_found. */
  revokeToken(id: string): void;

  /** The methods below throw forbidden for a token, which has no account of its own. */
  ownTokens(caller: Caller): readonly TokenInfo[];
  /**
   * Throws forbidden (more than one may do oneself), not_found (a cluster one may not see), conflict (too many).
   * `clusters`: ids of the only ones it is for. `expiresAt` in ms since 1970, null: never.
   */
  createOwnToken(
    caller: Caller,
    input: { name: string; role: Role; clusters?: readonly string[] | undefined; expiresAt: number | null },
  ): NewTokenAnswer;
  /** Throws not_found. */
  revokeOwnToken(caller: Caller, id: string): void;

  twoFactor(caller: Caller): TwoFactorInfo;
  /** Throws wrong_credentials, slow_down, conflict (it is on). */
  beginTwoFactor(caller: Caller, password: string): Promise<TwoFactorSetup>;
  /** Turns it on; answers the recovery codes. Throws wrong_code, slow_down, conflict (not begun). */
  confirmTwoFactor(caller: Caller, code: string): readonly string[];
  /** Throws wrong_credentials, slow_down, conflict (it is off). */
  disableTwoFactor(caller: Caller, password: string): Promise<void>;
  /** The old ones end. Throws wrong_credentials, slow_down, conflict (it is off). */
  renewRecoveryCodes(caller: Caller, password: string): Promise<readonly string[]>;
}
