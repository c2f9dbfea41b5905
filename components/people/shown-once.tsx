import "#lib/shared/i18n/pages/people.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export interface ShownOnceProps {
  /** Null: the person typed it, there is nothing to show. */
  password: string | null;
  name: string;
  onDone: () => void;
}

/** The end of a dialog that gave an account a password: the password, this once. */
export function ShownOnce({ password, name, onDone }: ShownOnceProps) {
  return (
    <div className="grid gap-3">
      {password === null ? (
        <p>{t("people.typedDone", { name })}</p>
      ) : (
        <>
          <CodeBlock code={password} line label={t("people.shownOnceTitle", { name })} />
          <Banner tone="info">{t("people.shownOnce")}</Banner>
        </>
      )}
      <Button variant="primary" autoFocus className="justify-self-end" onClick={onDone}>
        {t("people.done")}
      </Button>
    </div>
  );
}
