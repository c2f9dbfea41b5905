"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { useRef, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { useShortcut } from "#components/layout/shortcuts.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { later } from "#components/ui/later.tsx";
import { placeOf } from "#lib/client/log-buffer.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogTarget } from "#lib/shared/logs/log-line.ts";
import { type Held, holdNow, newerThan } from "./held.ts";
import { logTargets, readLogView, writeLogView } from "./log-address.ts";
import { LogChart } from "./log-chart.tsx";
import { LogChips } from "./log-chips.tsx";
import { LogFoot } from "./log-foot.tsx";
import { LogHead } from "./log-head.tsx";
import { LogList, type LogListHandle } from "./log-list.tsx";
import { LogTargets } from "./log-targets.tsx";
import { namer } from "./log-tasks.ts";
import { LogToolbar } from "./log-toolbar.tsx";
import { tasksOfLog } from "./tasks-of-log.ts";
import { type LogPicture, useLogFeed } from "./use-log-feed.ts";
import { useLogSearch } from "./use-log-search.ts";
import { useNodeNotices } from "./use-node-notices.ts";
import { useOlderLines } from "./use-older-lines.ts";

const ProjectTargets = later(async () => (await import("./project-targets.tsx")).ProjectTargets);

/** The logs of services, stacks, one task or container, or of a compose project's containers. */
export function LogsPage() {
  const { model } = useCluster();
  const [query] = useAddressQuery();
  const view = readLogView(query);
  if (view.project !== null) {
    return (
      <ProjectTargets project={view.project} node={view.node}>
        {(targets) => <LogsOf targets={targets} />}
      </ProjectTargets>
    );
  }
  return <LogsOf targets={logTargets(view, model)} />;
}

/** The logs of these: followed, merged by time, searched, paused without losing lines. */
function LogsOf({ targets }: { targets: readonly LogTarget[] }) {
  const { model } = useCluster();
  const [query, setQuery] = useAddressQuery();
  const view = readLogView(query);
  const log = useLogFeed(model.info.id, targets);
  const isReading = useOlderLines(log.feed, targets, view.range);
  const [held, setHeld] = useState<Held | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<LogListHandle>(null);

  const tasks = tasksOfLog(model, log.tasks, targets);
  useNodeNotices(log.feed, tasks);
  const { search, pattern, problem } = useLogSearch(query.toString(), chosen);
  const stillHeld = held !== null && held.feed === log.feed ? held : null;
  const { shown, matches } = search.apply(stillHeld?.entries ?? log.entries);

  const release = () => setHeld(null);
  const hold = (byScroll: boolean) => setHeld(holdNow(log, byScroll));
  const jump = (at: number) => {
    const now = holdNow(log, true);
    setHeld(now);
    const place = placeOf(search.apply(now.entries).shown, { at, nanos: -1 });
    requestAnimationFrame(() => list.current?.show(place));
  };
  useShortcut(" ", t("logs.keyPause"), () => (stillHeld ? release() : hold(false)));
  useShortcut("g", t("logs.keyNewest"), release);

  const chooser = { model, view, onView: (next: typeof view) => setQuery(writeLogView(next)) };
  const names = namer(model, log.tasks);
  const one = view.task ?? view.container;
  return (
    <>
      <LogHead
        view={view}
        targets={targets}
        log={log}
        isPaused={stillHeld !== null && !stillHeld.byScroll}
        onPause={() => (stillHeld ? release() : hold(false))}
        oneName={one === null ? null : names(one, "").name}
      />
      {targets.length === 0 ? (
        <EmptyState
          icon="logs"
          title={t(view.services.length + view.stacks.length > 0 ? "logs.noneLeft" : "logs.choose")}
          action={
            <div className="flex gap-1.5">
              <LogTargets {...chooser} />
            </div>
          }
        />
      ) : (
        <>
          <LogChips tasks={tasks} chosen={chosen} onChoose={setChosen} {...chooser} />
          <LogToolbar
            view={view}
            onView={chooser.onView}
            matches={matches}
            kept={log.kept}
            problem={problem}
            isReading={isReading}
          />
          <LogChart chart={log.chart} onJump={jump} />
          {shown.length === 0 ? (
            <div className="min-h-0 flex-1 bg-surface dark:bg-water-deep">
              <EmptyState title={t(emptyWords(log))} />
            </div>
          ) : (
            <LogList
              handle={list}
              entries={shown}
              isHeld={stillHeld !== null}
              isHeldByScroll={stillHeld?.byScroll ?? false}
              newer={stillHeld ? newerThan(stillHeld, log) : 0}
              onHold={() => hold(true)}
              onRelease={release}
              nameOf={names}
              pattern={pattern}
              wrap={view.wrap}
              showTime={!view.hideTime}
              showNames={!view.hideNames}
            />
          )}
          <LogFoot log={log} tasks={tasks} />
        </>
      )}
    </>
  );
}

function emptyWords(log: LogPicture): "logs.noneShown" | "logs.connecting" | "logs.none" {
  if (log.entries.length > 0) return "logs.noneShown";
  return log.state === "connecting" ? "logs.connecting" : "logs.none";
}
