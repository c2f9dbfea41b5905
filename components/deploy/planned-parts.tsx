import "#lib/shared/i18n/pages/deploy.ts";
import { useState } from "react";
import { later } from "#components/ui/later.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PlannedPart, PlannedReplacement } from "#lib/shared/stacks/types.ts";

const TextDiff = later(async () => (await import("./text-diff.tsx")).TextDiff);

/** What a deploy does to networks, secrets and configs; those that stay as they are go without saying. */
export function PlannedParts({ parts }: { parts: readonly PlannedPart[] }) {
  const moving = parts.filter(({ action }) => action !== "unchanged");
  if (moving.length === 0) return null;
  const replaced = moving.filter(({ replacement }) => replacement !== undefined);
  const rest = moving.filter(({ replacement }) => replacement === undefined);
  return (
    <section data-plan="parts" className="grid gap-1.5">
      <h3 className="text-12 font-semibold text-ink-2">{t("deploy.plan.parts")}</h3>
      {replaced.map((part) => (
        <Replaced key={`${part.kind} ${part.name}`} part={part} />
      ))}
      {rest.length > 0 && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {rest.map((part) => (
            <li key={`${part.kind} ${part.name}`} className="flex min-w-0 flex-wrap items-center gap-x-1.5">
              <Tag>{t(`deploy.part.${part.kind}`)}</Tag>
              <span className="mono min-w-0 break-all">{part.name}</span>
              <span className="text-12 text-ink-3">{wordsOf(part)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function wordsOf({ action, usedBy = [] }: PlannedPart): string {
  if (action === "unchanged" || action === "replace") return "";
  return action === "drop" && usedBy.length > 0
    ? t("deploy.part.dropUsed", { services: usedBy.join(", ") })
    : t(`deploy.part.${action}`);
}

/** Another content: the name it gets, what becomes of the old one, and for configs what is different. */
function Replaced({ part: { kind, name, replacement } }: { part: PlannedPart }) {
  if (!replacement) return null;
  const { becomes, isKnown, old, texts } = replacement;
  return (
    <article
      aria-label={`${t(`deploy.part.${kind}`)} ${name}`}
      className="rounded-2 border border-line px-3 py-2"
    >
      <p className="flex flex-wrap items-center gap-x-1.5">
        <Tag>{t(`deploy.part.${kind}`)}</Tag>
        <span className="font-medium break-all">{name}</span>
        <span className="text-12 break-words text-ink-2">
          {t(isKnown ? "deploy.part.replace" : "deploy.part.replaceUnknown", { becomes })}
        </span>
      </p>
      {old.map((each) => (
        <p key={each.name} className="mt-0.5 text-12 break-words text-ink-3">
          {each.usedBy.length > 0
            ? t("deploy.part.goesNot", { name: each.name, services: each.usedBy.join(", ") })
            : t("deploy.part.goes", { name: each.name })}
        </p>
      ))}
      {texts && <Difference name={name} texts={texts} />}
    </article>
  );
}

function Difference({ name, texts }: { name: string; texts: NonNullable<PlannedReplacement["texts"]> }) {
  const [isOpen, setOpen] = useState(false);
  const label = t("deploy.part.diff", { name });
  return (
    <details className="mt-1.5" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-12 font-medium break-all text-ink-2">{label}</summary>
      <div className="mt-1.5">{isOpen && <TextDiff label={label} {...texts} />}</div>
    </details>
  );
}
