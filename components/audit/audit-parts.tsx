import "#lib/shared/i18n/pages/audit.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { AuditItem, AuditResult } from "#lib/shared/api/people-types.ts";
import { factLines } from "#lib/shared/audit-facts.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const resultWords = {
  ok: "audit.resultOk",
  denied: "audit.resultDenied",
  failed: "audit.resultFailed",
  started: "audit.resultStarted",
} as const;
const tones = { denied: "warn", failed: "bad", started: "outline" } as const;
const icons = { denied: "lock", failed: "x", started: "clock" } as const;

/** The result as a word. */
export function resultWord(result: AuditResult): string {
  return t(resultWords[result]);
}

/** How it went: quiet when it went well. */
export function ResultTag({ result }: { result: AuditResult }) {
  if (result === "ok") {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-3">
        <Icon name="check" size={12} className="text-ok" />
        {resultWord(result)}
      </span>
    );
  }
  return (
    <Tag tone={tones[result]} title={result === "started" ? t("audit.startedHint") : undefined}>
      <Icon name={icons[result]} size={12} />
      {resultWord(result)}
    </Tag>
  );
}

/** Who did it, as one name. */
export function whoOf({ userName, address }: AuditItem): string {
  if (userName !== null) return userName;
  return t(address === "command line" ? "audit.commandLine" : "audit.nobody");
}

/** The name, and the role it had then. */
export function Who({ item }: { item: AuditItem }) {
  if (item.userName === null) return <span className="text-ink-3">{whoOf(item)}</span>;
  return (
    <>
      <span className="font-medium">{item.userName}</span> <span className="text-ink-3">{item.role}</span>
    </>
  );
}

/** What was noted, in one line: "role viewer → operator". */
export function FactsLine({ facts }: Pick<AuditItem, "facts">) {
  return (
    <>
      {factLines(facts).map(({ name, from, to }) => (
        <span key={name} className="mr-3">
          <span className="text-ink-3">{name}</span>{" "}
          {from !== undefined && <span className="text-ink-3 line-through decoration-line-2">{from}</span>}{" "}
          {from !== undefined && <span className="text-ink-3">→</span>} <span>{to}</span>
        </span>
      ))}
    </>
  );
}
