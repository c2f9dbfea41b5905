import type { Operation } from "../operation.ts";
import * as schemas from "../schemas.ts";

/** The person's own account and sessions. */
export const accountOperations = {
  getSetup: {
    method: "GET",
    path: "/setup",
    permission: "public",
    summary: "Is the first account still to be made?",
  },
  createFirstAccount: {
    method: "POST",
    path: "/setup",
    permission: "public",
    summary: "Make the first account with the setup code from the log",
    body: schemas.setupBody,
    audit: "account.setup",
  },
  getMe: { method: "GET", path: "/me", permission: "account.own", summary: "Who am I, with which role" },
  changePassword: {
    method: "POST",
    path: "/me/password",
    permission: "account.own",
    summary: "Change my password; all other sessions end",
    body: schemas.changePasswordBody,
    audit: "account.password",
  },
  listSessions: { method: "GET", path: "/me/sessions", permission: "account.own", summary: "My sessions" },
  endSession: {
    method: "DELETE",
    path: "/me/sessions/{id}",
    permission: "account.own",
    summary: "End one of my sessions",
    audit: "session.end",
  },
  endAllSessions: {
    method: "DELETE",
    path: "/me/sessions",
    permission: "account.own",
    summary: "Sign out everywhere, here too",
    audit: "session.endAll",
  },
} as const satisfies Record<string, Operation>;
