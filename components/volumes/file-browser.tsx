"use client";

import "#lib/shared/i18n/pages/volumes.ts";
import { type DragEvent, useRef, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { shownName } from "#lib/shared/volumes/file-path.ts";
import {
  mostDownloadBytes,
  mostUploadBytes,
  type VolumeFile,
  type VolumeFiles,
} from "#lib/shared/volumes/files.ts";
import type { VolumeRef } from "#lib/shared/volumes/types.ts";
import { FileName, FileSize, fileColumns } from "./file-columns.tsx";
import { FileDialog, type FileQuestion } from "./file-dialogs.tsx";
import { Uploads } from "./uploads.tsx";
import { useUploads } from "./use-uploads.ts";

interface FileBrowserProps {
  volume: VolumeRef;
  /** The folder that is shown, as `file-path.ts` writes it. */
  path: string;
  onPath: (path: string) => void;
}

/** The files of a volume, folder by folder. */
export function FileBrowser(props: FileBrowserProps) {
  return <FolderView key={props.path} {...props} />;
}

function FolderView({ volume, path, onPath }: FileBrowserProps) {
  const { apiPath, blocked } = useCluster();
  const volumePath = `/volumes/${encodeURIComponent(volume.name)}`;
  const [version] = useState(() => []);
  const search = (values: Record<string, string>) => new URLSearchParams({ node: volume.node, ...values });
  const first = useDetail<VolumeFiles>(`${volumePath}/files?${search({ path })}`, null, version);
  const [more, setMore] = useState<readonly VolumeFiles[]>([]);
  const [question, setQuestion] = useState<FileQuestion | null>(null);
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const pathOf = (name: string) => (path === "" ? name : `${path}/${name}`);
  const fileUrl = (name: string) => `${apiPath(volumePath)}/file?${search({ path: pathOf(name) })}`;
  const [changes, setChanges] = useState(0);
  const reload = () => {
    setChanges((n) => n + 1);
    setMore([]);
    first.reload();
  };
  const { uploads, add } = useUploads(
    (name, size, replace) => `${fileUrl(name)}&size=${size}${replace ? "&replace=1" : ""}`,
    reload,
  );
  const last = more.at(-1) ?? first.data;
  const files = [...(first.data?.items ?? []), ...more.flatMap(({ items }) => items)];
  const upload = (list: FileList | null) =>
    void add([...(list ?? [])], new Set(files.map(({ name }) => name)));
  const showMore = async () => {
    try {
      const next = await api.get<VolumeFiles>(
        apiPath(`${volumePath}/files?${search({ path, from: String(last?.next ?? 0) })}`),
      );
      setMore([...more, next]);
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), { id: "files" });
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (blocked === null) upload(event.dataTransfer.files);
  };
  const name = (file: VolumeFile) => (
    <FileName file={file} href={`/api/v1${fileUrl(file.name)}`} onOpen={() => onPath(pathOf(file.name))} />
  );
  const menu = (file: VolumeFile) => (
    <FileMenu file={file} href={`/api/v1${fileUrl(file.name)}`} blocked={blocked} onAsk={setQuestion} />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same for who does not drag
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) =>
        !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)
      }
      onDrop={onDrop}
    >
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-5 py-2 max-sm:px-4">
        <Breadcrumbs volume={volume.name} path={path} onPath={onPath} />
        {last && <span className="text-12 text-ink-3">{t("volumes.file.count", { n: last.total })}</span>}
        <span className="ml-auto flex gap-2">
          <Button reason={blocked ?? undefined} onClick={() => setQuestion({ verb: "folder", file: null })}>
            <Icon name="plus" size={14} />
            {t("volumes.file.folder")}
          </Button>
          <Button variant="primary" reason={blocked ?? undefined} onClick={() => picker.current?.click()}>
            {t("volumes.file.upload")}
          </Button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label={t("volumes.file.upload")}
            onChange={(event) => {
              upload(event.target.files);
              event.target.value = "";
            }}
          />
        </span>
      </div>
      <Uploads uploads={uploads} />
      {first.data === null && first.error ? (
        <ErrorState message={first.error.message} onRetry={first.reload} />
      ) : first.data === null ? (
        <LoadingRows />
      ) : (
        // What somebody did themselves shows at once: a new table holds no earlier order.
        <Table
          key={changes}
          label={t("volumes.files")}
          rows={files}
          keyOf={(file) => file.name}
          nameOf={(file) => shownName(file.name)}
          columns={fileColumns(name, menu)}
          onOpen={(file) => file.kind === "folder" && onPath(pathOf(file.name))}
          mobile={(file) => (
            <div className="flex min-w-0 items-center gap-2">
              <div className="min-w-0 flex-1">{name(file)}</div>
              <FileSize file={file} />
              {menu(file)}
            </div>
          )}
          empty={<EmptyState icon="resources" title={t("volumes.file.folderEmpty")} />}
        />
      )}
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-t border-line px-5 py-2 text-12 text-ink-3 max-sm:px-4">
        {last?.next != null && <Button onClick={() => void showMore()}>{t("volumes.file.more")}</Button>}
        {last?.isCut && <span>{t("volumes.file.cut", { n: last.total })}</span>}
        <span>
          {t("volumes.file.limit", {
            up: formatBytes(mostUploadBytes),
            down: formatBytes(mostDownloadBytes),
          })}
        </span>
      </div>
      {isOver && (
        <div className="pointer-events-none absolute inset-2 grid place-items-center rounded-3 border-2 border-dashed border-accent bg-bg font-medium text-accent">
          {t("volumes.file.drop")}
        </div>
      )}
      {question && (
        <FileDialog
          question={question}
          volumePath={volumePath}
          node={volume.node}
          pathOf={pathOf}
          folder={`${volume.name}/${path.split("/").map(shownName).join("/")}`}
          onClose={(done) => {
            setQuestion(null);
            if (done) reload();
          }}
        />
      )}
    </div>
  );
}

function Breadcrumbs({
  volume,
  path,
  onPath,
}: {
  volume: string;
  path: string;
  onPath: (path: string) => void;
}) {
  const names = path === "" ? [] : path.split("/");
  const steps = [
    { path: "", text: volume },
    ...names.map((name, at) => ({ path: names.slice(0, at + 1).join("/"), text: shownName(name) })),
  ];
  return (
    <nav aria-label={t("volumes.file.path")} className="flex min-w-0 flex-wrap items-center gap-1">
      {steps.map((step, at) => (
        <span key={step.path} className="flex min-w-0 items-center gap-1">
          {at > 0 && <Icon name="chevron-right" size={14} className="shrink-0 text-ink-3" />}
          {at === steps.length - 1 ? (
            <b aria-current="page" className="min-w-0 truncate font-semibold">
              <bdi>{step.text}</bdi>
            </b>
          ) : (
            <button
              type="button"
              className="min-w-0 truncate rounded-1 text-ink-2 hover:text-ink hover:underline"
              onClick={() => onPath(step.path)}
            >
              <bdi>{step.text}</bdi>
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}

interface FileMenuProps {
  file: VolumeFile;
  href: string;
  blocked: string | null;
  onAsk: (question: FileQuestion) => void;
}

function FileMenu({ file, href, blocked, onAsk }: FileMenuProps) {
  if (file.kind === "mount") return null;
  const reason = blocked ?? undefined;
  return (
    <Menu
      trigger={
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("volumes.file.actions", { name: shownName(file.name) })}
        >
          <Icon name="more" size={14} />
        </Button>
      }
    >
      {file.kind === "file" && (
        <MenuItem onSelect={() => window.location.assign(href)}>
          <Icon name="download" size={14} />
          {t("volumes.file.download")}
        </MenuItem>
      )}
      <MenuItem reason={reason} onSelect={() => onAsk({ verb: "rename", file })}>
        <Icon name="edit" size={14} />
        {t("volumes.file.rename")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger reason={reason} onSelect={() => onAsk({ verb: "delete", file })}>
        <Icon name="trash" size={14} />
        {t("volumes.file.delete")}
      </MenuItem>
    </Menu>
  );
}
