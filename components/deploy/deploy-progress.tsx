"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import "#lib/shared/i18n/pages/history.ts";
import Link from "next/link";
import { useEffect, useState } from "react";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { OperationPanel } from "#components/operations/operation-panel.tsx";
import { healthMark, toneClass } from "#components/services/health-line.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { api } from "#lib/client/api.ts";
import type { OperationDetail } from "#lib/shared/api/history.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackVersionDetail } from "#lib/shared/stacks/types.ts";
import { deployLook } from "./deploy-look.ts";
import { Output } from "./plan-panel.tsx";
import { ReplacedFiles } from "./replaced-files.tsx";

/** While the command runs it is asked for again this often, ms; afterwards the picture tells when a service has moved. */
const pollMs = 700;
const slowPollMs = 4_000;

function pollAfter(deploy: StackVersionDetail | undefined): number {
  const isTidying = deploy?.words.key === "deploy.words.tidying";
  if (deploy === undefined || deploy.state === "writing" || isTidying) return pollMs;
  return deploy.endedAt === null ? slowPollMs : 0;
}

interface DeployProgressProps {
  stack: string;
  version: number;
}

/** One deploy until every service has converged: how it stands, what the command says, and the rollout of each service. */
export function DeployProgress({ stack, version }: DeployProgressProps) {
  const { apiPath, model } = useCluster();
  const path = apiPath(`/stacks/${encodeURIComponent(stack)}/versions/${version}`);
  const { data, error, mutate } = useSWR<StackVersionDetail, Error>(path, (key: string) => api.get(key), {
    refreshInterval: (now) => pollAfter(now),
    revalidateOnFocus: false,
    dedupingInterval: 100,
  });
  const activity = model.info.activity.map(({ id, state }) => `${id} ${state}`).join();
  const [seen, setSeen] = useState(activity);
  useEffect(() => {
    if (seen === activity) return;
    setSeen(activity);
    void mutate();
  }, [seen, activity, mutate]);
  if (!data)
    return error ? (
      <p className="text-bad">{error.message}</p>
    ) : (
      <p className="text-ink-3">{t("common.loading")}</p>
    );
  const look = deployLook[data.state];
  const followed = data.services.flatMap(({ operation }) => operation ?? []);
  return (
    <div data-deploy={data.state} className="grid gap-4">
      <Panel>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <HealthMark health={healthMark[look.mark]} size={12} />
          <h2 className="text-15 font-semibold tracking-title">
            {t("deploy.version.title", { stack, n: version })}
          </h2>
          <span className={`font-medium ${toneClass[look.tone]}`}>{t(`deploy.state.${data.state}`)}</span>
          <span className="flex-1" />
          <StackLink stack={stack} />
        </div>
        <p aria-live="polite" className="mt-1 pl-[22px] max-sm:pl-0">
          {say(t, data.words)}
        </p>
        {data.replaced.length > 0 && (
          <div className="mt-2 pl-[22px] max-sm:pl-0">
            <ReplacedFiles files={data.replaced} />
          </div>
        )}
        {data.output !== "" && (
          <div className="mt-3">
            <Output
              text={data.output}
              open={data.state === "writing" || data.state === "refused" || data.state === "failed"}
            />
          </div>
        )}
      </Panel>
      {followed.map((id) => (
        <Followed key={id} id={id} />
      ))}
    </div>
  );
}

function StackLink({ stack }: { stack: string }) {
  const { href } = useCluster();
  return (
    <Link href={href(`/stacks/${encodeURIComponent(stack)}`)} className="text-12 text-accent hover:underline">
      {t("deploy.toStack")}
    </Link>
  );
}

/** The rollout of one service. */
function Followed({ id }: { id: number }) {
  const { apiPath, model } = useCluster();
  const active = model.info.activity.find((each) => each.id === id);
  const { data, mutate } = useSWR<OperationDetail, Error>(
    apiPath(`/operations/${id}`),
    (key: string) => api.get(key),
    {
      revalidateOnFocus: false,
    },
  );
  const state = active?.state ?? "over";
  useEffect(() => {
    // Read again when it has moved, and once more when it is not among those under way any more.
    if (state) void mutate();
  }, [state, mutate]);
  if (!data) return null;
  return (
    <section aria-label={data.service.name} className="grid gap-1">
      <h3 className="font-medium">{data.service.name}</h3>
      <OperationPanel operation={data} initial={data} collapsible />
    </section>
  );
}
