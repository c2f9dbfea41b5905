import "#lib/shared/i18n/pages/history.ts";
import type { SpecChange } from "#lib/shared/api/history.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** Differences between two specifications, one field a line: what was in red with a minus, what is in green with a plus. */
export function ChangeList({ changes }: { changes: readonly SpecChange[] }) {
  if (changes.length === 0) return <p className="text-ink-2">{t("history.change.none")}</p>;
  return (
    <dl data-slot="change-list" className="grid gap-y-2.5">
      {changes.map((change) => (
        <div
          key={`${change.label} ${change.altered?.length ?? 0}`}
          className="grid grid-cols-[150px_minmax(0,1fr)] gap-x-3 max-sm:grid-cols-1"
        >
          <dt
            className={change.raw ? "mono col-span-2 break-all text-ink-2 max-sm:col-span-1" : "text-ink-3"}
          >
            {change.label}
          </dt>
          {!change.raw && (
            <dd className="min-w-0">
              <Sides change={change} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

function Sides({ change }: { change: SpecChange }) {
  const { before, after, added = [], removed = [], altered = [] } = change;
  const gone = before === null ? removed : [before];
  const come = after === null ? added : [after];
  return (
    <ul className="mono grid gap-0.5 break-words">
      {gone.map((text) => (
        <li key={`- ${text}`} className="text-ink-2">
          <span className="text-bad">− </span>
          {text}
        </li>
      ))}
      {come.map((text) => (
        <li key={`+ ${text}`}>
          <span className="text-ok">+ </span>
          {text}
        </li>
      ))}
      {altered.map((text) => (
        <li key={`~ ${text}`}>{t("history.change.altered", { name: text })}</li>
      ))}
    </ul>
  );
}
