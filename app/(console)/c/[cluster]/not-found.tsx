import { EmptyState } from "#components/ui/empty-state.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** Something of this cluster that is not there, or no longer. */
export default function NotFound() {
  return <EmptyState icon="search" title={t("cluster.notFound")} />;
}
