"use client";

import "#lib/shared/i18n/pages/volumes.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { useSend } from "#components/cluster/use-send.ts";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { useListed } from "#components/resources/use-listed.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { FactList, Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { VolumeDetail } from "#lib/shared/volumes/types.ts";
import { VolumeUsers } from "./volume-columns.tsx";

const FileBrowser = later(async () => (await import("./file-browser.tsx")).FileBrowser);

/** One volume of one node: who uses it, and for admins its files. */
export function VolumePage({ initial }: { initial: VolumeDetail }) {
  const { may } = useCluster();
  const [query, setQuery] = useAddressQuery();
  const { name, nodeName } = initial.volume;
  const address = `/volumes/${encodeURIComponent(name)}`;
  const read = useListed<VolumeDetail>(`${address}?node=${encodeURIComponent(nodeName)}`, initial);
  const detail = read.data ?? initial;
  const view = query.get("view") === "about" ? "about" : "files";
  const show = (next: "files" | "about") => {
    if (next === "files") query.delete("view");
    else query.set("view", next);
    setQuery(query);
  };
  const isGone = read.error !== null && "code" in read.error && read.error.code === "not_found";
  return (
    <>
      <VolumeHead detail={detail} />
      <div className="flex shrink-0 items-center border-b border-line px-5 py-2 max-sm:px-4">
        <Segmented
          label={t("volumes.title")}
          value={view}
          onChange={show}
          options={(["files", "about"] as const).map((value) => ({
            value,
            label: t(value === "files" ? "volumes.files" : "volumes.overview"),
          }))}
        />
      </div>
      {read.error && (
        <Banner tone="warn" flush role="status">
          {isGone ? t("volumes.gone", { name, node: nodeName }) : read.error.message}
        </Banner>
      )}
      {view === "about" ? (
        <About detail={detail} />
      ) : !may("volume.files") ? (
        <p className="p-5 text-ink-2">{t("volumes.filesNeed")}</p>
      ) : detail.noFiles !== null ? (
        <p className="p-5 text-ink-2">{detail.noFiles}</p>
      ) : (
        <FileBrowser
          volume={{ name, node: nodeName }}
          path={query.get("path") ?? ""}
          onPath={(path) => {
            if (path === "") query.delete("path");
            else query.set("path", path);
            setQuery(query);
          }}
        />
      )}
    </>
  );
}

function VolumeHead({ detail }: { detail: VolumeDetail }) {
  const { freshness, href, may, blocked } = useCluster();
  const [isAsking, setAsking] = useState(false);
  const { volume } = detail;
  return (
    <>
      <PageHead
        before={<BackLink to={href("/volumes")}>{t("volumes.title")}</BackLink>}
        title={<span title={volume.name}>{volume.name}</span>}
        note={
          <span className="flex min-w-0 items-center gap-3">
            <Tag>{volume.nodeName}</Tag>
            {volume.isUnused && <Tag tone="outline">{t("volumes.unused")}</Tag>}
          </span>
        }
        actions={
          may("volume.remove") && (
            <Button reason={blocked ?? undefined} onClick={() => setAsking(true)}>
              <Icon name="trash" size={14} />
              {t("volumes.remove")}
            </Button>
          )
        }
        freshness={freshness}
      />
      {isAsking && <RemoveVolume detail={detail} onClose={() => setAsking(false)} />}
    </>
  );
}

function RemoveVolume({ detail, onClose }: { detail: VolumeDetail; onClose: () => void }) {
  const { href } = useCluster();
  const router = useRouter();
  const send = useSend();
  const { name, nodeName: node, services } = detail.volume;
  const title = t("volumes.removeName", { name });
  const verb = t("volumes.remove");
  const lost = t("volumes.removeAsk", { name, node });
  const named = t("volumes.removeNamed", { services: services.map((each) => each.name).join(", ") });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      sentence={services.length > 0 ? `${lost} ${named}` : lost}
      verb={verb}
      danger
      onConfirm={async () => {
        const path = `/volumes/${encodeURIComponent(name)}`;
        const request = { method: "DELETE", path, query: { node } } as const;
        if (await send({ ...request, object: name, title, verb, quiet: true })) router.push(href("/volumes"));
      }}
    />
  );
}

function About({ detail }: { detail: VolumeDetail }) {
  const { href } = useCluster();
  const { volume, mountpoint, options } = detail;
  const pairs = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([key, value]) => (
      <div key={key} className="mono break-all">
        {value === "" ? key : `${key}=${value}`}
      </div>
    ));
  return (
    <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-5 max-sm:p-4 lg:grid-cols-2">
      <Panel title={t("volumes.overview")}>
        <FactList
          facts={[
            { label: t("volumes.column.node"), value: volume.nodeName },
            { label: t("volumes.column.driver"), value: volume.driver },
            {
              label: t("volumes.column.created"),
              value: volume.createdAt > 0 ? <RelativeTime at={volume.createdAt} ago /> : null,
            },
            {
              label: t("volumes.mountpoint"),
              value: mountpoint && <span className="mono break-all">{mountpoint}</span>,
            },
            { label: t("volumes.options"), value: Object.keys(options).length > 0 ? pairs(options) : null },
            {
              label: t("volumes.labels"),
              value: Object.keys(volume.labels).length > 0 ? pairs(volume.labels) : null,
            },
          ]}
        />
      </Panel>
      <Panel title={t("volumes.users")}>
        {volume.isUnused ? (
          <p className="text-ink-3">{t("volumes.noUsers")}</p>
        ) : (
          <VolumeUsers item={volume} href={href} />
        )}
        <ul className="mt-2 grid gap-1">
          {volume.containers.map(({ id, name, target, readOnly }) => (
            <li key={`${id} ${target}`} className="flex min-w-0 flex-wrap gap-2">
              <Link href={href(`/containers/${id}`)} className="link min-w-0 truncate">
                {name}
              </Link>
              <span className="mono break-all text-ink-2">{target}</span>
              {readOnly && <Tag>{t("volumes.readOnly")}</Tag>}
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
