"use client";

import "#lib/shared/i18n/pages/containers.ts";
import type { ReactNode } from "react";
import type { Detail } from "#components/cluster/use-detail.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** Something that is read from the container's node when it is looked at, and again when somebody asks. */
export function ReadOnDemand<T>({
  title,
  detail,
  children,
}: {
  title: ReactNode;
  detail: Detail<T>;
  children: (data: T) => ReactNode;
}) {
  if (detail.error) return <ErrorState message={detail.error.message} onRetry={detail.reload} />;
  return (
    <div className="px-5 py-4 max-sm:px-4">
      <Panel
        bare
        title={title}
        aside={
          <Button variant="ghost" size="sm" onClick={detail.reload}>
            <Icon name="restart" size={14} />
            {t("containers.readAgain")}
          </Button>
        }
      >
        {detail.data === null ? <LoadingRows rows={6} /> : children(detail.data)}
      </Panel>
    </div>
  );
}
