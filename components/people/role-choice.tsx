import "#lib/shared/i18n/pages/people.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { type Role, roles } from "#lib/shared/roles.ts";
import { roleSentence, roleWord } from "./role-word.ts";

export interface RoleChoiceProps {
  value: Role;
  onChange: (role: Role) => void;
  /** The highest role that may be chosen. */
  most?: Role;
  label?: string;
}

/** One of the roles, each with what it allows. */
export function RoleChoice({ value, onChange, most = "admin", label = t("people.role") }: RoleChoiceProps) {
  return (
    <RadioGroup
      label={label}
      value={value}
      onChange={onChange}
      options={roles.slice(0, roles.indexOf(most) + 1).map((role) => ({
        value: role,
        label: <span className="font-medium">{roleWord(role)}</span>,
        hint: roleSentence(role),
      }))}
    />
  );
}
