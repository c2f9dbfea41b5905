import "#lib/shared/i18n/pages/people.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { AccessRole } from "#lib/shared/roles.ts";
import { roleSentence, roleWord } from "./role-word.ts";

export interface RoleChoiceProps<Choice extends AccessRole> {
  value: Choice;
  onChange: (role: Choice) => void;
  /** In rising order. */
  options: readonly Choice[];
  label?: string;
}

/** One of the roles, each with what it allows. */
export function RoleChoice<Choice extends AccessRole>({
  value,
  onChange,
  options,
  label = t("people.role"),
}: RoleChoiceProps<Choice>) {
  return (
    <RadioGroup
      label={label}
      value={value}
      onChange={onChange}
      options={options.map((role) => ({
        value: role,
        label: <span className="font-medium">{roleWord(role)}</span>,
        hint: roleSentence(role),
      }))}
    />
  );
}
