import "#lib/shared/i18n/pages/edit.ts";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** Whether the digest of the image's tag is asked for. */
export function PinField({ pin, onChange }: { pin: boolean; onChange: (pin: boolean) => void }) {
  return (
    <CheckboxField
      className="sm:col-span-2"
      label={t("edit.pin")}
      hint={t("edit.pinHint")}
      checked={pin}
      onCheckedChange={onChange}
    />
  );
}
