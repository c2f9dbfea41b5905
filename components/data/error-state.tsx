import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export interface ErrorStateProps {
  /** What happened, to what, what to do. */
  message: string;
  engineText?: string;
  onRetry?: () => void;
}

/** A view that could not be read: why, the engine's own words, and a way to try again. */
export function ErrorState({ message, engineText, onRetry }: ErrorStateProps) {
  return (
    <div data-slot="error-state" className="mx-auto w-full max-w-[640px] px-5 py-10">
      <Banner
        tone="bad"
        role="alert"
        title={message}
        engineText={engineText}
        actions={
          onRetry && (
            <Button size="sm" onClick={onRetry}>
              {t("common.retry")}
            </Button>
          )
        }
      />
    </div>
  );
}
