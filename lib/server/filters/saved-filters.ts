import type { SavedFiltersTable } from "#lib/server/db/saved-filters.ts";
import type { Caller, SavedFilters } from "#lib/server/runtime-types.ts";
import type { SavedFilter } from "#lib/shared/api/filter-schemas.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** Most filters of one person. */
const mostFilters = 200;

/** Everybody sees and changes only their own. A token is nobody: it has none. */
export function createSavedFilters(table: SavedFiltersTable, now: () => number = Date.now): SavedFilters {
  const owner = (caller: Caller) => {
    if (caller.via === "session") return caller.userId;
    throw new AppError("forbidden", t("filters.error.token"));
  };
  const own = (caller: Caller, id: string): SavedFilter => {
    const found = table.list(owner(caller)).find((filter) => filter.id === id);
    if (!found) throw new AppError("not_found", t("filters.error.gone"));
    return found;
  };

  return {
    list: (caller, page) =>
      table.list(owner(caller)).filter((filter) => page === undefined || filter.page === page),
    save(caller, filter) {
      const userId = owner(caller);
      const isNew = table.byName(userId, filter.page, filter.name) === null;
      if (isNew && table.list(userId).length >= mostFilters) {
        throw new AppError("already_done", t("filters.error.tooMany", { n: mostFilters }));
      }
      table.put(userId, filter, now());
      const saved = table.byName(userId, filter.page, filter.name);
      if (saved === null) throw new AppError("not_found", t("filters.error.gone"));
      return saved;
    },
    rename(caller, id, name) {
      const filter = own(caller, id);
      const other = table.byName(owner(caller), filter.page, name);
      if (other !== null && other.id !== id) {
        throw new AppError("already_done", t("filters.error.taken", { name }));
      }
      table.rename(owner(caller), id, name);
      return { ...filter, name };
    },
    remove(caller, id) {
      own(caller, id);
      table.remove(owner(caller), id);
    },
  };
}
