import "#lib/shared/i18n/pages/volumes.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Upload } from "./use-uploads.ts";

/** Files on their way up, and those that did not arrive. */
export function Uploads({ uploads }: { uploads: readonly Upload[] }) {
  if (uploads.length === 0) return null;
  return (
    <ul className="max-h-40 shrink-0 overflow-y-auto border-b border-line" aria-live="polite">
      {uploads.map(({ id, name, size, sent, error, stop }) => (
        <li key={id} className="flex items-center gap-3 px-5 py-1.5 text-12 max-sm:px-4">
          <span className="min-w-0 flex-1 truncate">
            {error === null ? (
              t("volumes.file.uploading", { name, done: formatBytes(sent), size: formatBytes(size) })
            ) : (
              <span className="text-bad">{t("volumes.file.uploadFailed", { name, error })}</span>
            )}
          </span>
          {error === null && (
            <progress className="h-1.5 w-32 accent-accent" max={size || 1} value={sent} aria-label={name} />
          )}
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("volumes.file.cancel", { name })}
            onClick={stop}
          >
            <Icon name="x" size={14} />
          </Button>
        </li>
      ))}
    </ul>
  );
}
