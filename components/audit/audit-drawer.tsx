"use client";

import "#lib/shared/i18n/pages/audit.ts";
import { Drawer } from "#components/ui/drawer.tsx";
import { FactList } from "#components/ui/panel.tsx";
import type { AuditItem } from "#lib/shared/api/people-types.ts";
import { factLines } from "#lib/shared/audit-facts.ts";
import { formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { ResultTag, whoOf } from "./audit-parts.tsx";

/** One entry whole: who, what, to which object, from where, how it went, and the difference it made. */
export function AuditDrawer({ item, onClose }: { item: AuditItem; onClose: () => void }) {
  const via =
    item.via === "token" ? t("audit.viaToken") : item.via === "session" ? t("audit.viaSession") : null;
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      title={<span className="mono text-14">{item.action}</span>}
      state={<ResultTag result={item.result} />}
    >
      <FactList
        facts={[
          { label: t("audit.column.time"), value: formatExact(item.at) },
          { label: t("audit.column.who"), value: <span className="font-medium">{whoOf(item)}</span> },
          { label: t("audit.as"), value: [item.role, via].filter(Boolean).join(", ") },
          { label: t("audit.column.object"), value: item.object },
          { label: t("audit.cluster"), value: item.cluster },
          { label: t("audit.column.address"), value: <span className="mono">{item.address}</span> },
          { label: t("audit.id"), value: <span className="mono">{item.id}</span> },
        ]}
      />
      {item.result === "started" && <p className="text-ink-2">{t("audit.startedHint")}</p>}
      <Difference item={item} />
    </Drawer>
  );
}

function Difference({ item }: { item: AuditItem }) {
  const lines = factLines(item.facts);
  if (lines.length === 0) return <p className="text-12 text-ink-3">{t("audit.noFacts")}</p>;
  return (
    <section aria-label={t("audit.column.facts")} className="overflow-hidden rounded-2 border border-line">
      <dl className="divide-y divide-line">
        {lines.map(({ name, from, to }) => (
          <div key={name} className="px-3 py-2">
            <dt className="text-12 text-ink-3">{name}</dt>
            <dd className="mono mt-0.5 text-12 break-words whitespace-pre-wrap">
              {from === undefined ? (
                to
              ) : (
                <>
                  <span className="sr-only">{t("audit.was", { name, from, to })}</span>
                  <del aria-hidden="true" className="block rounded-1 bg-bad-soft px-1.5 py-0.5 no-underline">
                    − {from}
                  </del>
                  <ins
                    aria-hidden="true"
                    className="mt-0.5 block rounded-1 bg-accent-soft px-1.5 py-0.5 no-underline"
                  >
                    + {to}
                  </ins>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
