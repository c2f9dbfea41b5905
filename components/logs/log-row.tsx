"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { clsx } from "clsx";
import { type CSSProperties, memo } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { HealthMark, hueColor, TaskMark } from "#components/ui/mark.tsx";
import type { LogEntry } from "#lib/client/log-buffer.ts";
import { formatBytes, formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogTaskName } from "./log-tasks.ts";
import { LogText } from "./log-text.tsx";

/** Height of a line that is not wrapped. */
export const lineHeight = 20;

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** 12:41:22.232, in the reader's own zone. */
function clockTime(at: number): string {
  return `${clock.format(at)}.${String(at % 1_000).padStart(3, "0")}`;
}

/** A JSON object or list in pretty lines; null when the text is none. */
function prettyJson(text: string): string | null {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed) || !/[}\]]$/.test(trimmed)) return null;
  try {
    return JSON.stringify(JSON.parse(trimmed), null, 2);
  } catch {
    return null;
  }
}

export interface LogRowProps {
  entry: LogEntry;
  /** Who wrote it; null for notices. */
  task: LogTaskName | null;
  pattern: RegExp | null;
  wrap: boolean;
  showTime: boolean;
  showNames: boolean;
  isOpen: boolean;
  onToggle: (id: number) => void;
}

/** One line of the log, or a notice among them. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { entry, task, pattern, wrap, showTime, showNames, isOpen, onToggle } = props;
  if (entry.kind === "notice") return <Notice at={entry.at} text={entry.text} tone={entry.tone} />;
  const { line } = entry;
  const isError = line.stream === "stderr";
  const json = isJsonLike(line.text);
  return (
    <div
      data-slot="log-line"
      data-level={entry.level}
      style={{ "--svc": hueColor(task?.hue) } as CSSProperties}
      className={clsx(
        "relative flex min-h-5 gap-3 px-5 leading-5 before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-(--svc) hover:bg-surface-2 max-sm:px-3.5",
        isError && "bg-[var(--log-stderr)]",
      )}
    >
      {showTime && (
        <time
          title={formatExact(entry.at)}
          className="w-[86px] shrink-0 whitespace-nowrap text-ink-3 max-sm:hidden"
        >
          {clockTime(entry.at)}
        </time>
      )}
      {showNames && (
        <span className="flex h-5 w-[158px] shrink-0 items-center gap-[7px] overflow-hidden font-sans text-ink-2 max-sm:w-[84px]">
          <TaskMark state="running" />
          <span className="min-w-[36px] truncate font-medium" title={task?.name}>
            {task?.name}
          </span>
          <span className="truncate text-ink-3 max-sm:hidden">{task?.node}</span>
        </span>
      )}
      <span className={clsx("-ml-4 min-w-0 flex-1 pl-4", wrap || isOpen ? "" : "truncate")}>
        {json && (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={t(isOpen ? "logs.foldJson" : "logs.openJson")}
            onClick={() => onToggle(entry.id)}
            className="-ml-4 inline-grid size-4 place-items-center rounded-1 align-middle text-ink-3 hover:bg-surface-3 hover:text-ink"
          >
            <Icon name="chevron-right" size={12} className={isOpen ? "rotate-90" : undefined} />
          </button>
        )}
        {isError && <span className="mr-2 font-sans text-11 font-medium text-bad">stderr</span>}
        <bdi
          className={clsx(
            wrap || isOpen ? "break-words whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre",
          )}
        >
          <LogText
            text={(isOpen && json && prettyJson(line.text)) || shown(line.text, wrap)}
            pattern={pattern}
          />
        </bdi>
        {line.cut > 0 && (
          <span className="ml-2 font-sans text-11 text-ink-3">
            {t("logs.lineCut", { size: formatBytes(line.cut) })}
          </span>
        )}
      </span>
    </div>
  );
});

/** Cheap enough for every line; whether it really is JSON is found out when it is opened. */
function isJsonLike(text: string): boolean {
  return /^\s*[{[]["\s\w{[-]/.test(text) && /[}\]]\s*$/.test(text);
}

/** What one line of a screen can show: the rest would only cost time. A wrapped line is shown whole. */
function shown(text: string, wrap: boolean): string {
  return wrap || text.length <= 2_000 ? text : text.slice(0, 2_000);
}

function Notice({ at, text, tone }: { at: number; text: string; tone: "warn" | "info" }) {
  return (
    <div data-slot="log-notice" className="px-5 py-[5px] max-sm:px-3.5">
      <p
        className={clsx(
          "flex items-start gap-[9px] rounded-2 px-[11px] py-[5px] font-sans text-12 leading-[18px] text-ink",
          tone === "warn" ? "bg-warn-soft" : "bg-surface-2",
        )}
      >
        {tone === "warn" ? (
          <HealthMark health="unhealthy" className="mt-0.5 text-warn-mark" />
        ) : (
          <Icon name="info" size={14} className="mt-0.5 text-ink-3" />
        )}
        <span className="min-w-0 flex-1 break-words">{text}</span>
        <time className="shrink-0 text-ink-3">{clock.format(at)}</time>
      </p>
    </div>
  );
}
