import { clsx } from "clsx";
import { toneClass } from "#components/services/health-line.tsx";
import { CapacityBar } from "#components/ui/capacity-bar.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { RoleMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatBytes, formatCpu } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type NodeCondition, type NodeLoad, nodeRoleKind } from "#lib/shared/model/node-state.ts";
import type { NodeView } from "#lib/shared/model/types.ts";

/** "leader", "manager" or "worker". A leader that is not ready leads nothing. */
export function roleWord(node: NodeView): string {
  return t(node.leader && node.state === "ready" ? "nodes.role.leader" : `nodes.role.${node.role}`);
}

/** Role mark, name and role. */
export function NodeName({ node, href }: { node: NodeView; href: string }) {
  return (
    <ListLink href={href} title={node.name} className="flex min-w-0 items-center gap-[9px] rounded-1">
      <RoleMark role={nodeRoleKind(node)} />
      <span className="min-w-0 truncate font-medium">{node.name}</span>
      <span className="shrink-0 text-ink-3">{roleWord(node)}</span>
    </ListLink>
  );
}

/** "Down  heartbeat failure": word, cause, and since when it is so. */
export function NodeStateLine({
  node,
  condition,
  className,
}: {
  node: NodeView;
  condition: NodeCondition;
  className?: string;
}) {
  const isLoud = condition.tone === "bad" || condition.tone === "warn";
  const cause = condition.cause === null ? "" : say(t, condition.cause);
  return (
    <span
      data-slot="node-state"
      className={clsx("flex min-w-0 items-center gap-2", className)}
      title={cause || undefined}
    >
      {condition.kind === "drained" || condition.kind === "paused" ? (
        <Tag tone={condition.kind === "paused" ? "warn" : "quiet"}>{say(t, condition.word)}</Tag>
      ) : (
        <span className={clsx("shrink-0", toneClass[condition.tone], isLoud && "font-medium")}>
          {say(t, condition.word)}
        </span>
      )}
      {node.stateSince !== null && node.state !== "ready" && (
        <span className="shrink-0 text-ink-2">
          {t("nodes.since")} <RelativeTime at={node.stateSince} />
        </span>
      )}
      {cause !== "" && <span className="min-w-0 truncate text-ink-2">{cause}</span>}
    </span>
  );
}

export interface LoadBarProps {
  kind: "cpu" | "memory";
  node: NodeView;
  load: NodeLoad;
  /** With the name of what is measured before the numbers. */
  named?: boolean;
}

/** Reserved of what there is: two numbers above a bar. */
export function LoadBar({ kind, node, load, named }: LoadBarProps) {
  const isCpu = kind === "cpu";
  const total = isCpu ? node.nanoCpus : node.memoryBytes;
  const reserved = isCpu ? load.reservedNanoCpus : load.reservedMemoryBytes;
  const amount = (value: number) => (isCpu ? formatCpu(value) : formatBytes(value));
  const label = t(`nodes.load.${kind}`);
  return (
    <div className="min-w-0">
      <div className="mb-1 flex items-baseline gap-1 text-12 leading-[14px]">
        {named && <span className="flex-1 text-ink-3">{label}</span>}
        <span className={clsx(reserved > total * 0.92 ? "font-medium text-warn" : "text-ink")}>
          {isCpu ? Math.round(reserved / 1e7) / 100 : amount(reserved)}
        </span>
        <span className="truncate text-ink-3">/ {amount(total)}</span>
      </div>
      <CapacityBar
        label={t("nodes.load.of", { label, reserved: amount(reserved), total: amount(total) })}
        reserved={total === 0 ? 0 : reserved / total}
      />
    </div>
  );
}

/** Labels as tags; those without room are counted, and all are on hover. */
export function LabelTags({ labels, limit }: { labels: Readonly<Record<string, string>>; limit: number }) {
  const all = Object.entries(labels).map(([key, value]) => (value === "" ? key : `${key}=${value}`));
  const text = (label: string) => (label.length > 80 ? `${label.slice(0, 79)}…` : label);
  return (
    <span className="flex min-w-0 items-center gap-1" title={all.map(text).join("\n") || undefined}>
      {all.slice(0, limit).map((label) => (
        <Tag key={label} className="min-w-0">
          <span className="truncate">{text(label)}</span>
        </Tag>
      ))}
      {all.length > limit && (
        <span className="shrink-0 text-12 text-ink-3">{t("common.andMore", { n: all.length - limit })}</span>
      )}
    </span>
  );
}

/** "Linux x86_64" as Docker says it, in usual spelling. */
export function platformOf(node: NodeView): string {
  const os = node.os === "linux" ? "Linux" : node.os === "windows" ? "Windows" : node.os;
  return [os, node.arch].filter((word) => word !== "").join(" ");
}
