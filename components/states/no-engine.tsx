"use client";

import "#lib/shared/i18n/pages/states.ts";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterInfo, ConnectAttempt } from "#lib/shared/model/types.ts";
import { explain, fixFor, likelyWay, type StartWay, startWays, tellingAttempt } from "./connect-advice.ts";
import { StatePage } from "./state-page.tsx";
import { Trying } from "./trying.tsx";

export interface NoEngineProps {
  info: ClusterInfo;
  onTryNow: () => void | Promise<void>;
  /** Left out: no demo is offered. */
  onOpenDemo?: () => void | Promise<void>;
}

/** No engine answers: what was tried, why it failed, the exact flag to add. It heals by itself. */
export function NoEngine({ info, onTryNow, onOpenDemo }: NoEngineProps) {
  const attempt = tellingAttempt(info.attempts);
  const { title, lead } = explain(attempt);
  return (
    <StatePage icon="plug" title={title} lead={lead}>
      {info.attempts.length > 0 && <Tried attempts={info.attempts} />}
      <FixPanel key={attempt?.result} attempt={attempt} />
      <Trying onTryNow={onTryNow} />
      {onOpenDemo && info.demo !== "off" && (
        <div className="mt-5 flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line pt-4 text-ink-2">
          <Button onClick={() => void onOpenDemo()}>{t("states.openDemo")}</Button>
          {t("states.demoHint")}
        </div>
      )}
    </StatePage>
  );
}

/** Every address with its result, in the order it was tried. */
function Tried({ attempts }: { attempts: readonly ConnectAttempt[] }) {
  return (
    <Panel bare title={t("states.tried")}>
      <ul>
        {attempts.map((attempt) => (
          <TriedLine key={attempt.target} attempt={attempt} />
        ))}
      </ul>
    </Panel>
  );
}

function TriedLine({ attempt }: { attempt: ConnectAttempt }) {
  const { target, result, detail } = attempt;
  const quiet = result === "skipped" || result === "not_there";
  return (
    <li className="grid min-h-[38px] grid-cols-[22px_minmax(0,250px)_minmax(0,1fr)] items-center gap-x-0 gap-y-0.5 border-b border-line px-3.5 py-2 last:border-0 max-sm:grid-cols-[22px_minmax(0,1fr)]">
      <HealthMark health={quiet ? "off" : result === "ok" ? "healthy" : "failing"} size={13} />
      <span className="mono truncate pr-3" title={target}>
        {target}
      </span>
      <span className="break-words max-sm:col-start-2">
        <span className={quiet ? "text-ink-2" : "font-medium"}>{t(`states.result.${result}`)}</span>{" "}
        <span className="text-ink-3">{detail}</span>
      </span>
    </li>
  );
}

const wayLabels = {
  run: t("states.fix.run"),
  compose: t("states.fix.compose"),
  stack: t("states.fix.stack"),
  remote: t("states.fix.remote"),
} as const satisfies Record<StartWay, string>;

const notes: Partial<Record<StartWay, string>> = {
  stack: t("states.fix.stackNote"),
  remote: t("states.fix.remoteNote"),
};

function FixPanel({ attempt }: { attempt: ConnectAttempt | null }) {
  const [way, setWay] = useState<StartWay>(likelyWay(attempt));
  const fix = fixFor(way, attempt);
  return (
    <Panel
      className="mt-4"
      title={t("states.fix.title")}
      aside={
        <Segmented
          label={t("states.fix.way")}
          value={way}
          onChange={setWay}
          options={startWays.map((value) => ({ value, label: wayLabels[value] }))}
        />
      }
    >
      <CodeBlock code={fix.code} highlight={fix.highlight} label={wayLabels[way]} />
      {notes[way] && <p className="mt-2.5 text-ink-2">{notes[way]}</p>}
    </Panel>
  );
}
