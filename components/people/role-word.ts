import "#lib/shared/i18n/pages/people.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Role } from "#lib/shared/roles.ts";

const words = {
  viewer: "common.roleViewer",
  operator: "common.roleOperator",
  admin: "common.roleAdmin",
} as const;
const may = {
  viewer: "people.viewerMay",
  operator: "people.operatorMay",
  admin: "people.adminMay",
} as const;

/** The role as a word. */
export function roleWord(role: Role): string {
  return t(words[role]);
}

/** What the role allows, in one sentence. */
export function roleSentence(role: Role): string {
  return t(may[role]);
}
