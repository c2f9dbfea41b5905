"use client";

import "#lib/shared/i18n/pages/audit.ts";
import { useState } from "react";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { Table } from "#components/data/table.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { AuditPage as AuditAnswer } from "#lib/shared/api/people-types.ts";
import { auditApiQuery } from "#lib/shared/audit-query.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { AuditRow, auditColumns } from "./audit-columns.tsx";
import { AuditDrawer } from "./audit-drawer.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { whoOf } from "./audit-parts.tsx";
import { type Audit, useAudit } from "./use-audit.ts";

/** Who did what to which object, from where, and how it went. `initial` is the first page for this address. */
export function AuditPage({ initial }: { initial: AuditAnswer }) {
  const [query, setQuery] = useAddressQuery();
  const [chosen, setChosen] = useState<number>();
  const log = useAudit(query.toString(), initial);
  const item = log.items.find((each) => each.id === chosen);
  const isFiltered = query.size > 0;
  return (
    <>
      <PageHead title={t("audit.title")} note={t("audit.lead")} actions={<Export query={query} />} />
      <AuditFilters query={query} actions={log.actions} onChange={setQuery} />
      {log.error && (
        <Banner
          flush
          tone="warn"
          role="alert"
          actions={
            <Button size="sm" onClick={log.readAgain}>
              {t("common.retry")}
            </Button>
          }
        >
          {log.error}
        </Banner>
      )}
      <Table
        label={t("audit.title")}
        rows={log.items}
        keyOf={(each) => String(each.id)}
        nameOf={(each) => `${whoOf(each)} ${each.action} ${each.object}`}
        columns={auditColumns}
        onOpen={(each) => setChosen(each.id)}
        mobile={(each) => <AuditRow item={each} />}
        empty={
          <EmptyState
            icon={isFiltered ? "search" : "audit"}
            title={t(isFiltered ? "common.noMatch" : "audit.empty")}
            action={
              isFiltered && (
                <Button onClick={() => setQuery(new URLSearchParams())}>{t("common.clearFilter")}</Button>
              )
            }
          />
        }
      />
      <Foot log={log} />
      {item && <AuditDrawer item={item} onClose={() => setChosen(undefined)} />}
    </>
  );
}

/** How much is shown, and the way to what is older. */
function Foot({ log }: { log: Audit }) {
  return (
    <footer className="flex min-h-[38px] shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-5 py-1 text-12 text-ink-3 max-sm:px-4">
      <span>{t("audit.shown", { n: log.items.length })}</span>
      {log.next === null ? (
        log.items.length > 0 && <span>{t("audit.all")}</span>
      ) : (
        <Button size="sm" disabled={log.isLoadingOlder} onClick={log.loadOlder}>
          {t("audit.older")}
        </Button>
      )}
      <span className="flex-1" />
      <span className="max-lg:hidden">{t("audit.kept")}</span>
    </footer>
  );
}

const formats = [
  ["csv", "audit.csv"],
  ["ndjson", "audit.ndjson"],
] as const;

/** Everything the filter finds, as a file. */
function Export({ query }: { query: URLSearchParams }) {
  const hrefOf = (format: string) => {
    const asked = auditApiQuery(query, Date.now());
    asked.set("format", format);
    return `/api/v1/audit/export?${asked}`;
  };
  return (
    <Menu
      trigger={
        <Button>
          <Icon name="download" size={14} />
          {t("audit.export")}
        </Button>
      }
    >
      {formats.map(([format, words]) => (
        <MenuItem key={format} onSelect={() => window.location.assign(hrefOf(format))}>
          <Icon name="download" />
          {t(words)}
        </MenuItem>
      ))}
    </Menu>
  );
}
