import type { ClusterRoles } from "../access.ts";
import type { AccessRole, Role } from "../roles.ts";

/** Answers of the HTTP API about people: accounts, tokens, second factors, the audit log. Times in ms since 1970. */

export interface UserInfo {
  readonly id: string;
  readonly name: string;
  /** Everywhere but in `clusters`. */
  readonly role: AccessRole;
  /** By the id of the cluster: where another role, or none, holds. */
  readonly clusters: ClusterRoles;
  readonly disabled: boolean;
  readonly twoFactor: boolean;
  /** Its first password came from the server's configuration, which makes it again when it is gone. */
  readonly configured: boolean;
  readonly createdAt: number;
  /** Null: not signed in anywhere. */
  readonly lastSeenAt: number | null;
  readonly sessions: number;
  readonly tokens: number;
}

/** `password`: the one that was made and is shown this once; null when one was given. */
export interface NewPasswordAnswer {
  readonly user: UserInfo;
  readonly password: string | null;
}

export interface TokenInfo {
  readonly id: string;
  readonly name: string;
  /** Null: made by the command line, nobody's. */
  readonly owner: { readonly id: string; readonly name: string } | null;
  /** As it was made. */
  readonly role: Role;
  /** Ids of the clusters it is for; null: it is not limited to any. */
  readonly clusters: readonly string[] | null;
  /**
   * The most it may do now, anywhere: the lower of its own and its owner's role; null while it does not work at all,
   * `none` where its owner may do nothing any more that it is for.
   */
  readonly effectiveRole: AccessRole | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

/** The whole token, shown this once. */
export interface NewTokenAnswer {
  readonly item: TokenInfo;
  readonly token: string;
}

export interface TwoFactorInfo {
  readonly enabled: boolean;
  readonly since: number | null;
  readonly recoveryCodesLeft: number;
}

/** What an authenticator app needs; shown until the first code confirms it. */
export interface TwoFactorSetup {
  /** Base32. */
  readonly secret: string;
  /** otpauth://… */
  readonly uri: string;
}

export interface RecoveryCodes {
  readonly recoveryCodes: readonly string[];
}

/** `started`: the server ended before it knew how it went, or it is still under way. */
export const auditResults = ["ok", "denied", "failed", "started"] as const;
export type AuditResult = (typeof auditResults)[number];

/** One row of the audit log. */
export interface AuditItem {
  readonly id: number;
  readonly at: number;
  /** Null: nobody was signed in, or the command line. */
  readonly userName: string | null;
  readonly role: string | null;
  readonly via: string | null;
  readonly address: string;
  readonly action: string;
  readonly object: string;
  readonly cluster: string | null;
  readonly result: AuditResult;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface AuditPage {
  /** Newest first. */
  readonly items: readonly AuditItem[];
  /** As `before` it leads to older rows; null when there are none. */
  readonly next: number | null;
  /** Every action the log holds, on the first page alone. */
  readonly actions?: readonly string[];
}
