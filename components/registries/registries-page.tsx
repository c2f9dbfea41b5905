"use client";

import "#lib/shared/i18n/pages/registries.ts";
import { useState } from "react";
import useSWR from "swr";
import { useAsk } from "#components/cluster/ask.tsx";
import { Table } from "#components/data/table.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import type { ClusterName } from "#components/people/role-word.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { RegistryItem, RegistryTest } from "#lib/shared/registries/types.ts";
import { RegistryRow, registryColumns } from "./registry-columns.tsx";
import { RegistryMenu } from "./registry-menu.tsx";

const RegistryDialog = later(async () => (await import("./registry-dialog.tsx")).RegistryDialog);

interface RegistriesPageProps {
  initial: readonly RegistryItem[];
  clusters: readonly ClusterName[];
}

/** Logins of image registries, kept once for pulls, digests and deploys. */
export function RegistriesPage({ initial, clusters }: RegistriesPageProps) {
  const { data, mutate } = useSWR("/registries", (key: string) => api.get<ListAnswer<RegistryItem>>(key), {
    fallbackData: { items: initial },
    revalidateOnMount: false,
  });
  const [edited, setEdited] = useState<RegistryItem | "new" | null>(null);
  const [told, setTold] = useState<{ readonly name: string; readonly test: RegistryTest } | null>(null);
  const readAgain = () => void mutate();
  const remove = useRemove(readAgain);
  const test = async (item: RegistryItem) => {
    try {
      setTold({ name: item.name, test: await api.post<RegistryTest>(`/registries/${item.id}/test`) });
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), { id: `registry ${item.id}` });
    }
  };
  const menu = (item: RegistryItem) => (
    <RegistryMenu
      item={item}
      onTest={() => void test(item)}
      onEdit={() => setEdited(item)}
      onRemove={() => void remove(item)}
    />
  );
  return (
    <>
      <PageHead
        title={t("registries.title")}
        note={data.items.length}
        actions={
          <Button variant="primary" onClick={() => setEdited("new")}>
            <Icon name="plus" size={14} />
            {t("registries.add")}
          </Button>
        }
      />
      {told && <Told name={told.name} test={told.test} onClose={() => setTold(null)} />}
      <Table
        label={t("registries.title")}
        rows={data.items}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        columns={registryColumns(clusters, menu)}
        onOpen={setEdited}
        mobile={(item) => <RegistryRow item={item} clusters={clusters} menu={menu(item)} />}
        empty={<EmptyState icon="download" title={t("registries.empty")} />}
      />
      {edited && (
        <RegistryDialog
          item={edited === "new" ? null : edited}
          clusters={clusters}
          onClose={() => setEdited(null)}
          onDone={readAgain}
        />
      )}
    </>
  );
}

/** What an engine said about a login, until it is closed or another is asked about. */
function Told({ name, test, onClose }: { name: string; test: RegistryTest; onClose: () => void }) {
  return (
    <Banner
      flush
      tone={test.ok ? "info" : "bad"}
      role="status"
      title={`${name}:`}
      engineText={test.engineText ?? undefined}
      actions={
        <Button variant="ghost" size="icon-sm" aria-label={t("common.close")} onClick={onClose}>
          <Icon name="x" size={14} />
        </Button>
      }
    >
      {test.words}
    </Banner>
  );
}

function useRemove(onDone: () => void) {
  const ask = useAsk();
  return async ({ id, name, address }: RegistryItem) => {
    await ask({
      title: t("registries.removeName", { name }),
      sentence: t("registries.removeAsk", { address }),
      verb: t("registries.remove"),
      danger: true,
      run: async () => {
        await api.delete(`/registries/${id}`);
        onDone();
      },
    });
  };
}
