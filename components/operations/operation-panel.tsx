"use client";

import "#lib/shared/i18n/pages/history.ts";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { useSend } from "#components/cluster/use-send.ts";
import { healthMark, toneClass } from "#components/services/health-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { OperationDetail, OperationView } from "#lib/shared/api/history.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { byWhom, operationTitle, stateLook } from "#lib/shared/rollout/operation-words.ts";
import { LastLines } from "./last-lines.tsx";
import { RolloutLanes } from "./rollout-lanes.tsx";
import { updateRules } from "./update-rules.ts";

export interface OperationPanelProps {
  /** As the list has it; the panel reads the rest by itself. */
  operation: OperationView;
  initial: OperationDetail | null;
  /** A finished operation is one line until it is opened. */
  collapsible?: boolean;
  aside?: ReactNode;
}

/** One operation: what it is, how it stands in words, and what every slot does. */
export function OperationPanel({ operation, initial, collapsible, aside }: OperationPanelProps) {
  const { model } = useCluster();
  const [isOpen, setOpen] = useState(false);
  const active = model.info.activity.find(({ id }) => id === operation.id);
  const isOver = operation.endedAt !== null;
  const whole = !collapsible || !isOver || isOpen;
  const service = model.services[operation.service.id] ?? null;
  return (
    <Panel data-operation={operation.state} bare>
      <div className="px-3.5 py-3">
        <Head operation={operation}>
          {collapsible && isOver && (
            <Button variant="ghost" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t(isOpen ? "history.hide" : "history.show")}
            </Button>
          )}
          {aside}
        </Head>
        {!whole && operation.state !== "completed" && <Words operation={operation} />}
        {whole && (
          <Body
            id={operation.id}
            initial={initial?.id === operation.id ? initial : null}
            revision={active?.revision ?? 0}
            service={service}
          />
        )}
      </div>
    </Panel>
  );
}

function Head({ operation, children }: { operation: OperationView; children: ReactNode }) {
  const look = stateLook[operation.state];
  const took = operation.endedAt === null ? null : operation.endedAt - operation.startedAt;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <HealthMark health={healthMark[look.mark]} size={12} />
      <h2 className="text-15 font-semibold tracking-title">{say(t, operationTitle(operation))}</h2>
      <span className={`font-medium ${toneClass[look.tone]}`}>{say(t, look.word)}</span>
      <span className="text-12 text-ink-3">
        {say(t, byWhom(operation.userName, operation.via))}, <RelativeTime at={operation.startedAt} ago />
        {took !== null && <>, {t("history.lane.took", { time: formatDuration(took) })}</>}
      </span>
      <span className="flex-1" />
      {children}
    </div>
  );
}

function Words({ operation }: { operation: OperationView }) {
  return (
    <p data-slot="operation-words" aria-live="polite" className="mt-1 pl-[22px] text-ink max-sm:pl-0">
      {say(t, operation.words)}
    </p>
  );
}

interface BodyProps {
  id: number;
  initial: OperationDetail | null;
  /** Grows with everything that is new about the operation. */
  revision: number;
  service: ServiceView | null;
}

function Body({ id, initial, revision, service }: BodyProps) {
  const { data, error } = useDetail<OperationDetail>(`/operations/${id}`, initial, [revision]);
  if (data === null) {
    return <p className="mt-1 pl-[22px] text-ink-3">{error ? error.message : t("common.loading")}</p>;
  }
  const isOpen = data.endedAt === null;
  return (
    <>
      <Words operation={data} />
      {isOpen && service && data.change.replacesTasks && (
        <p className="mt-0.5 pl-[22px] text-ink-2 max-sm:pl-0">{updateRules(service)}</p>
      )}
      {data.failure?.error && data.state !== "completed" && (
        <code className="mono mt-1 block pl-[22px] break-words text-ink-3 max-sm:pl-0">
          {data.failure.error}
        </code>
      )}
      {data.failure !== null && data.state !== "completed" && <LastLines taskId={data.failure.taskId} />}
      {data.state === "paused" && service && <PausedActions service={service} />}
      <RolloutLanes operation={data} color={service?.color ?? null} />
    </>
  );
}

/** What swarm can do with a paused update: go on, or have another specification. It cannot pause one at will. */
function PausedActions({ service }: { service: ServiceView }) {
  const { may, blocked, href } = useCluster();
  const send = useSend();
  const [isBusy, setBusy] = useState(false);
  if (!may("service.rollback")) return null;
  const go = async () => {
    setBusy(true);
    await send({
      method: "POST",
      path: `/services/${encodeURIComponent(service.id)}/continue`,
      body: {},
      object: service.name,
      title: t("history.continue"),
      verb: t("history.continue"),
    });
    setBusy(false);
  };
  return (
    <div className="mt-2.5 pl-[22px] max-sm:pl-0">
      <div className="flex flex-wrap gap-2">
        <Button reason={blocked ?? undefined} disabled={isBusy} onClick={() => void go()}>
          <Icon name="play" size={14} />
          {t("history.continue")}
        </Button>
        <Button asChild>
          <Link href={href(`/services/${encodeURIComponent(service.id)}/revisions`)}>
            <Icon name="undo" size={14} />
            {t("history.rollBackTo")}
          </Link>
        </Button>
      </div>
      <p className="mt-1.5 text-12 text-ink-3">{t("history.continueHint")}</p>
    </div>
  );
}
