"use client";

import "#lib/shared/i18n/pages/files.ts";
import "#lib/shared/i18n/pages/resources.ts";
import { useEffect, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { useListed } from "#components/resources/use-listed.ts";
import { LabelsPanel } from "#components/services/labels-panel.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { FactList, Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { FileDetail } from "#lib/shared/swarm-files/types.ts";
import { ConfigContent } from "./config-content.tsx";
import { RotationPanel } from "./rotation-panel.tsx";
import { UsesPanel } from "./uses-panel.tsx";

const RotateFile = later(async () => (await import("./rotate-file.tsx")).RotateFile);
const RemoveFile = later(async () => (await import("./remove-file.tsx")).RemoveFile);
const FileLabels = later(async () => (await import("./file-labels.tsx")).FileLabels);

/** How often a rotation is looked at while it goes on, ms; that asks no engine. */
const lookMs = 1_000;

/** One secret or config: what it is, where every service gets it, and its rotations. */
export function FilePage({ initial }: { initial: FileDetail }) {
  const { kind, item } = initial;
  const [isGoing, setGoing] = useState(false);
  const read = useListed<FileDetail>(
    `/${kind}s/${encodeURIComponent(item.id)}`,
    initial,
    isGoing ? null : "",
  );
  const detail = read.data ?? initial;
  const isGone = read.error !== null && "code" in read.error && read.error.code === "not_found";
  const isRotating = detail.rotations.some(({ state }) => state === "running");
  const { reload } = read;
  useEffect(() => {
    if (!isRotating || isGone) return;
    const timer = setInterval(reload, lookMs);
    return () => clearInterval(timer);
  }, [isRotating, isGone, reload]);
  return (
    <>
      <FileHead detail={detail} isGone={isGone} onDone={reload} onRemoving={setGoing} />
      {read.error && (
        <Banner tone="warn" flush role="status">
          {isGone ? t("files.gone", { name: item.name }) : read.error.message}
        </Banner>
      )}
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-5 max-sm:p-4 lg:grid-cols-2">
        {detail.rotations.length > 0 && (
          <div className="grid min-w-0 gap-4 lg:col-span-2">
            <RotationPanel detail={detail} isGone={isGone} onDone={reload} />
          </div>
        )}
        <div className="grid min-w-0 content-start gap-4">
          <FactsPanel detail={detail} />
          <LabelsPanel title={t("files.labels")} labels={detail.item.labels} empty={t("files.noLabels")} />
        </div>
        <UsesPanel detail={detail} />
        {kind === "config" && !isGone && (
          <div className="min-w-0 lg:col-span-2">
            <ConfigContent item={detail.item} />
          </div>
        )}
      </div>
    </>
  );
}

interface HeadProps {
  detail: FileDetail;
  isGone: boolean;
  onDone: () => void;
  /** It is about to go, so nothing of it is read again; false: it stays after all. */
  onRemoving: (isGoing: boolean) => void;
}

function FileHead({ detail, isGone, onDone, onRemoving }: HeadProps) {
  const { freshness, href, may, blocked } = useCluster();
  const [open, setOpen] = useState<"rotate" | "labels" | "remove" | null>(null);
  const { kind, item } = detail;
  const close = (done: boolean) => {
    setOpen(null);
    if (done) onDone();
  };
  const button = { reason: blocked ?? undefined };
  return (
    <PageHead
      before={<BackLink to={href(`/${kind}s`)}>{t(`resources.${kind}s`)}</BackLink>}
      title={<span title={item.name}>{item.name}</span>}
      note={item.usedBy.length === 0 && <Tag tone="outline">{t("resources.unused")}</Tag>}
      actions={
        !isGone &&
        may(`${kind}.write`) && (
          <>
            <Button {...button} onClick={() => setOpen("labels")}>
              <Icon name="label" size={14} />
              {t("files.labels")}
            </Button>
            <Button {...button} onClick={() => setOpen("remove")}>
              <Icon name="trash" size={14} />
              {t("files.remove")}
            </Button>
            <Button variant="primary" {...button} onClick={() => setOpen("rotate")}>
              <Icon name="restart" size={14} />
              {t("files.rotate")}
            </Button>
            {open === "rotate" && <RotateFile detail={detail} onClose={close} />}
            {open === "labels" && <FileLabels detail={detail} onClose={() => close(true)} />}
            {open === "remove" && (
              <RemoveFile detail={detail} onRemoving={onRemoving} onClose={() => close(false)} />
            )}
          </>
        )
      }
      freshness={freshness}
    />
  );
}

function FactsPanel({ detail: { kind, item } }: { detail: FileDetail }) {
  const store = "driver" in item ? item.driver : null;
  const template = "templating" in item ? item.templating : null;
  return (
    <Panel title={t("files.facts")}>
      <FactList
        facts={[
          { label: t("files.fact.name"), value: <span className="mono break-all">{item.name}</span> },
          { label: t("files.fact.stack"), value: item.stack },
          { label: t("files.fact.created"), value: <RelativeTime at={item.createdAt} ago /> },
          { label: t("files.fact.updated"), value: <RelativeTime at={item.updatedAt} ago /> },
          { label: t("files.fact.id"), value: <span className="mono break-all">{item.id}</span> },
          { label: t("files.fact.store"), value: store },
          { label: t("files.fact.template"), value: template },
          { label: t("files.fact.content"), value: kind === "secret" ? t("files.neverRead") : null },
        ]}
      />
    </Panel>
  );
}
