import "#lib/shared/i18n/pages/deploy.ts";
import { Tag } from "#components/ui/tag.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { OldFile, ReplacedFile } from "#lib/shared/stacks/types.ts";

/** Secrets and configs of which a deploy has brought another content: the names they have now, and what became of the old ones. */
export function ReplacedFiles({ files }: { files: readonly ReplacedFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul aria-label={t("deploy.replaced.title")} className="grid gap-1 text-12 text-ink-2">
      {files.map(({ kind, name, now, old }) => (
        <li key={`${kind} ${name}`} className="flex flex-wrap items-baseline gap-x-1.5 gap-y-0.5">
          <Tag>{t(`deploy.part.${kind}`)}</Tag>
          <span className="min-w-0 flex-1 basis-52 break-words">
            {[headOf({ name, now, old }), ...old.map(wordsOf)].join("; ")}.
          </span>
        </li>
      ))}
    </ul>
  );
}

function headOf({ name, now, old }: Pick<ReplacedFile, "name" | "now" | "old">): string {
  // A deploy that did not succeed may have been taken back by the engine.
  const isWish = old.some(({ why }) => why?.key === "deploy.old.failed");
  if (now === name) return t("deploy.replaced.same", { name });
  return t(isWish ? "deploy.replaced.wish" : "deploy.replaced.now", { name, now });
}

function wordsOf({ name, state, why }: OldFile): string {
  return t(`deploy.old.${state}`, { name, why: why === null ? "" : say(t, why) });
}
