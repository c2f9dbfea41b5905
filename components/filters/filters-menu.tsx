"use client";

import "#lib/shared/i18n/pages/filters.ts";
import { useState } from "react";
import useSWR from "swr";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/menu.tsx";
import { Pill } from "#components/ui/pill-menu.tsx";
import { api } from "#lib/client/api.ts";
import type { FilterPage, SavedFilter } from "#lib/shared/api/filter-schemas.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const SaveDialog = later(async () => (await import("./save-dialog.tsx")).SaveDialog);
const ManageDialog = later(async () => (await import("./manage-dialog.tsx")).ManageDialog);

/** What the address says about one task that is open is no part of a view. */
const passing = ["task"] as const;

/** A person's own views of a page, beside its filters: open one, save this one, rename and delete. */
export function FiltersMenu({ page }: { page: FilterPage }) {
  const [query, setQuery] = useAddressQuery();
  const [wasOpened, setWasOpened] = useState(false);
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const path = `/me/filters?page=${page}`;
  const { data, error, mutate } = useSWR<ListAnswer<SavedFilter>, Error>(wasOpened ? path : null, api.get);
  for (const name of passing) query.delete(name);
  const current = query.toString();
  const filters = data?.items ?? [];
  const reload = () => void mutate();
  return (
    <>
      <Menu
        trigger={
          <Pill
            className="max-sm:hidden"
            onPointerEnter={() => setWasOpened(true)}
            onFocus={() => setWasOpened(true)}
            onClick={() => setWasOpened(true)}
          >
            {t("filters.title")}
            <Icon name="chevron-down" size={14} className="text-ink-3" />
          </Pill>
        }
      >
        {error && <MenuLabel>{error.message}</MenuLabel>}
        {!error && filters.length === 0 && (
          <MenuLabel>{t(data ? "filters.none" : "common.loading")}</MenuLabel>
        )}
        {filters.map((filter) => (
          <MenuItem key={filter.id} onSelect={() => setQuery(new URLSearchParams(filter.query))}>
            <span className="grid size-3.5 place-items-center">
              {filter.query === current && <Icon name="check" size={14} className="text-accent" />}
            </span>
            <bdi className="max-w-64 truncate">{filter.name}</bdi>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem
          reason={current === "" ? t("filters.nothingToSave") : undefined}
          onSelect={() => setDialog("save")}
        >
          <Icon name="plus" size={14} />
          {t("filters.save")}
        </MenuItem>
        {filters.length > 0 && (
          <MenuItem onSelect={() => setDialog("manage")}>
            <Icon name="edit" size={14} />
            {t("filters.manage")}
          </MenuItem>
        )}
      </Menu>
      {dialog === "save" && (
        <SaveDialog
          page={page}
          query={current}
          taken={filters.map(({ name }) => name)}
          onClose={() => setDialog(null)}
          onSaved={reload}
        />
      )}
      {dialog === "manage" && (
        <ManageDialog filters={filters} onClose={() => setDialog(null)} onChanged={reload} />
      )}
    </>
  );
}
