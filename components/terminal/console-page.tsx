"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { PageHead } from "#components/layout/page-head.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { readConsoleAddress, writeConsoleAddress } from "./console-address.ts";
import { ConsoleChooser } from "./console-chooser.tsx";
import { ConsoleView } from "./console-view.tsx";

/** A console in a container of any node, or the choice of one. */
export function ConsolePage() {
  const { may } = useCluster();
  const [query, setQuery] = useAddressQuery();
  const address = readConsoleAddress(query);
  if (!may("container.exec")) {
    return (
      <>
        <PageHead title={t("consoles.title")} />
        <EmptyState icon="lock" title={t("consoles.forbidden")} />
      </>
    );
  }
  if (address === null) {
    return <ConsoleChooser onChoose={(chosen) => setQuery(writeConsoleAddress(chosen))} />;
  }
  return (
    <ConsoleView
      key={writeConsoleAddress(address).toString()}
      address={address}
      onOther={() => setQuery(new URLSearchParams())}
    />
  );
}
