"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import "#lib/shared/i18n/pages/projects.ts";
import Link from "next/link";
import type { ReactNode } from "react";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Output } from "#components/deploy/plan-panel.tsx";
import { healthMark, toneClass } from "#components/services/health-line.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { api } from "#lib/client/api.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ProjectRunDetail } from "#lib/shared/projects/types.ts";
import { type ProjectAddress, projectPath } from "./project-href.ts";
import { runLook } from "./project-look.ts";

/** While compose runs it is asked for again this often, ms. */
const pollMs = 600;

interface ProjectRunProps {
  address: ProjectAddress;
  run: number;
  /** With a way to the project's page. */
  withLink?: boolean;
}

/** One thing that is done to a project, until it has ended: how it stands, and what compose says. */
export function ProjectRunPanel({ address, run, withLink = false }: ProjectRunProps) {
  const { apiPath, href } = useCluster();
  const { data, error } = useSWR<ProjectRunDetail, Error>(
    apiPath(projectPath(address, `/runs/${run}`)),
    (key: string) => api.get(key),
    {
      refreshInterval: (now) => (now === undefined || now.endedAt === null ? pollMs : 0),
      revalidateOnFocus: false,
      dedupingInterval: 100,
    },
  );
  if (!data)
    return <p className={error ? "text-bad" : "text-ink-3"}>{error?.message ?? t("common.loading")}</p>;
  const look = runLook[data.state];
  return (
    <div data-run={data.state}>
      <Panel>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <HealthMark health={healthMark[look.mark]} size={12} />
          <h2 className="text-15 font-semibold tracking-title">
            {t(`projects.run.${data.kind}`, { id: run })}
          </h2>
          <span className={`font-medium ${toneClass[look.tone]}`}>
            {t(`projects.runState.${data.state}`)}
          </span>
          <span className="flex-1" />
          {withLink && (
            <Link href={href(projectPath(address))} className="text-12 text-accent hover:underline">
              {t("projects.toProject")}
            </Link>
          )}
        </div>
        <p aria-live="polite" className="mt-1 pl-[22px] break-words max-sm:pl-0">
          {say(t, data.words)}
        </p>
        {data.output !== "" && (
          <div className="mt-3">
            <Output text={data.output} title={t("projects.output")} open={data.state !== "completed"} />
          </div>
        )}
      </Panel>
    </div>
  );
}

/** A column of panels that scrolls by itself. */
export function Column({ children }: { children: ReactNode }) {
  return <div className="grid content-start gap-4 xl:overflow-y-auto">{children}</div>;
}
