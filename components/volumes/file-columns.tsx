import "#lib/shared/i18n/pages/volumes.ts";
import type { ReactNode } from "react";
import type { TableColumn } from "#components/data/table-types.ts";
import { Icon } from "#components/ui/icon.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { shownName } from "#lib/shared/volumes/file-path.ts";
import type { VolumeFile } from "#lib/shared/volumes/files.ts";

/** Name of an entry: folders and files lead on, everything else says what it is. */
export function FileName({ file, href, onOpen }: { file: VolumeFile; href: string; onOpen: () => void }) {
  const { kind } = file;
  const name = <bdi>{shownName(file.name)}</bdi>;
  if (kind === "folder") {
    return (
      <button
        type="button"
        onClick={onOpen}
        className="flex min-w-0 items-center gap-2 font-medium hover:underline"
      >
        <Icon name="stacks" size={14} className="shrink-0 text-ink-3" />
        <span className="min-w-0 truncate">{name}</span>
      </button>
    );
  }
  if (kind === "file") {
    return (
      <a
        href={href}
        download
        title={t("volumes.file.downloadName", { name: shownName(file.name) })}
        className="block min-w-0 truncate pl-[22px] hover:underline"
      >
        {name}
      </a>
    );
  }
  const target = file.target === null ? "" : shownName(file.target);
  return (
    <span className="flex min-w-0 items-center gap-2 pl-[22px] text-ink-2">
      <span className="min-w-0 truncate">{name}</span>
      <span className="min-w-0 truncate text-12 text-ink-3" title={target}>
        {kind === "link" ? t("volumes.file.link", { target }) : t(`volumes.file.kind.${kind}`)}
      </span>
    </span>
  );
}

/** `rwxr-x---`, as people know it from ls. */
function modeWord(mode: number): string {
  return [6, 3, 0]
    .map((shift) => "rwx".replace(/./g, (letter, at: number) => ((mode >> shift) & (4 >> at) ? letter : "-")))
    .join("");
}

/** Bytes of a file; of anything else they say nothing. */
export function FileSize({ file }: { file: VolumeFile }) {
  return <span className="text-ink-2">{file.kind === "file" ? formatBytes(file.size) : ""}</span>;
}

/** The columns of a folder. */
export function fileColumns(
  name: (file: VolumeFile) => ReactNode,
  menu: (file: VolumeFile) => ReactNode,
): readonly TableColumn<VolumeFile>[] {
  return [
    {
      id: "name",
      header: t("volumes.file.name"),
      compare: (a, b) => compareNatural(shownName(a.name), shownName(b.name)),
      cell: name,
    },
    {
      id: "size",
      header: t("volumes.file.size"),
      width: 100,
      align: "right",
      compare: (a, b) => b.size - a.size,
      cell: (file) => <FileSize file={file} />,
    },
    {
      id: "mode",
      header: t("volumes.file.mode"),
      width: 110,
      hideBelow: 1024,
      cell: (file) => (
        <span className="mono text-ink-2" title={`${file.uid}:${file.gid}`}>
          {modeWord(file.mode)}
        </span>
      ),
    },
    {
      id: "modified",
      header: t("volumes.file.modified"),
      width: 110,
      align: "right",
      compare: (a, b) => b.modifiedAt - a.modifiedAt,
      cell: (file) => <RelativeTime at={file.modifiedAt} className="text-ink-2" />,
    },
    {
      id: "actions",
      header: t("services.column.actions"),
      headerHidden: true,
      width: 64,
      align: "right",
      cell: menu,
    },
  ];
}
