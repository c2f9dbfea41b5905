"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { LiveDot } from "#components/layout/live-indicator.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogTarget } from "#lib/shared/logs/log-line.ts";
import { type LogView, logPath } from "./log-address.ts";
import type { LogPicture } from "./use-log-feed.ts";

const shownNames = 3;

export interface LogHeadProps {
  view: LogView;
  targets: readonly LogTarget[];
  log: LogPicture;
  isPaused: boolean;
  onPause: () => void;
  /** Of the one task or container that is shown. */
  oneName: string | null;
}

/** What is shown, whether it flows, and the ways to stop it or take it along. */
export function LogHead({ view, targets, log, isPaused, onPause, oneName }: LogHeadProps) {
  return (
    <PageHead
      title={t("logs.title")}
      note={whatIsShown(view, oneName)}
      actions={
        targets.length > 0 && (
          <>
            <FeedState log={log} isPaused={isPaused} />
            <Button onClick={onPause}>
              <Icon name={isPaused ? "play" : "pause"} size={14} />
              {t(isPaused ? "logs.resume" : "logs.pause")}
            </Button>
            <Download targets={targets} view={view} />
          </>
        )
      }
    />
  );
}

function whatIsShown(view: LogView, name: string | null): string {
  if (name !== null) return t(view.container === null ? "logs.ofTask" : "logs.ofContainer", { name });
  if (view.project !== null) return t("logs.ofProject", { name: view.project });
  const all = [...view.stacks.map((name) => t("logs.ofStack", { name })), ...view.services];
  const names = all.slice(0, shownNames).join(", ");
  return all.length <= shownNames ? names : t("logs.ofMore", { names, n: all.length - shownNames });
}

function FeedState({ log: { feed, state }, isPaused }: { log: LogPicture; isPaused: boolean }) {
  const now = useNow(1_000);
  const words = () => {
    if (isPaused) return t("logs.paused");
    if (state !== "following") return t(`logs.${state}`);
    const rate = feed?.rate(now || Date.now()) ?? 0;
    return t("logs.following", { n: rate > 0 && rate < 1 ? 1 : Math.round(rate) });
  };
  const kind = isPaused || state === "ended" ? "off" : state === "following" ? "live" : "stale";
  return (
    <span
      data-slot="log-state"
      className="inline-flex items-center gap-[7px] text-12 whitespace-nowrap text-ink-2 max-sm:order-last"
    >
      <LiveDot kind={kind} />
      {words()}
    </span>
  );
}

/** The same range as on the page, whole lines. */
function Download({ targets, view }: { targets: readonly LogTarget[]; view: LogView }) {
  const { apiPath } = useCluster();
  const stack = view.stacks.length === 1 && view.services.length === 0 ? view.stacks[0] : undefined;
  const paths = (query: URLSearchParams) => {
    if (view.project !== null) {
      if (view.node !== null) query.set("node", view.node);
      return [`/projects/${encodeURIComponent(view.project)}/logs?${query}`];
    }
    return stack === undefined
      ? targets.map((target) => logPath(target, query))
      : [`/stacks/${encodeURIComponent(stack)}/logs?${query}`];
  };
  const start = (more: Record<string, string>) => {
    const query = new URLSearchParams({ download: "1", tail: "100000", ...more });
    if (view.range !== "tail" && view.range !== "all")
      query.set("since", view.range === "24h" ? "1d" : view.range);
    if (view.streams.length === 1) query.set(view.streams[0] === "stdout" ? "stderr" : "stdout", "0");
    for (const path of paths(query)) downloadFile(`/api/v1${apiPath(path)}`);
  };
  return (
    <Menu
      trigger={
        <Button>
          <Icon name="download" size={14} />
          <span className="max-sm:sr-only">{t("logs.download")}</span>
        </Button>
      }
    >
      <MenuItem onSelect={() => start({})}>{t("logs.downloadNames")}</MenuItem>
      <MenuItem onSelect={() => start({ names: "0" })}>{t("logs.downloadPlain")}</MenuItem>
      <MenuItem onSelect={() => start({ format: "json" })}>{t("logs.downloadJson")}</MenuItem>
    </Menu>
  );
}

function downloadFile(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}
