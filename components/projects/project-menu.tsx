"use client";

import "#lib/shared/i18n/pages/projects.ts";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { toastError } from "#components/ui/toast.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ProjectRow } from "#lib/shared/projects/project-rows.ts";
import type { ProjectRemoval, ProjectRun } from "#lib/shared/projects/types.ts";
import { type ProjectAddress, projectPath } from "./project-href.ts";

interface ProjectMenuProps {
  address: ProjectAddress;
  row: ProjectRow;
  isKnown: boolean;
  /** Something was begun. */
  onRun: (run: number) => void;
}

/** What can be done with a whole project: pull, start, stop, restart, take down. */
export function ProjectMenu({ address, row, isKnown, onRun }: ProjectMenuProps) {
  const { may, blocked, apiPath } = useCluster();
  const ask = useAsk();
  if (!may("stack.deploy") && !may("stack.remove")) return null;
  const reason = blocked ?? undefined;
  const { name } = address;
  const pathOf = (what: string) => apiPath(projectPath(address, `/${what}`));
  const begin = async (what: string, body?: object) => {
    const run = await api.post<ProjectRun>(pathOf(what), body);
    onRun(run.id);
  };
  const act = (what: "pull" | "start" | "stop" | "restart") =>
    begin(what).catch((error: unknown) => toastError(wordsOf(error), { id: `${what} ${name}` }));
  const askFirst = async (what: "stop" | "restart") => {
    const title = t(`projects.ask.${what}`, { name });
    const sentence = t(`projects.ask.${what}Sentence`);
    if (await ask({ title, sentence, verb: t(`projects.menu.${what}`), danger: true })) await act(what);
  };
  const down = async (volumes: boolean) => {
    const what = await whatGoes(pathOf("remove"), volumes);
    if (typeof what === "string") return toastError(what, { id: `down ${name}` });
    await ask({
      title: t("projects.ask.down", { name }),
      sentence: what.sentence,
      details: <Goes parts={what.parts} withVolumes={volumes} />,
      verb: t(volumes ? "projects.menu.downVolumes" : "projects.menu.down"),
      danger: true,
      typedName: name,
      run: () => begin("remove", { confirm: name, volumes }),
    });
  };
  return (
    <Menu
      trigger={
        <Button size="icon" variant="ghost" aria-label={t("projects.menu.more")}>
          <Icon name="more" size={16} />
        </Button>
      }
    >
      {may("stack.deploy") && (
        <>
          {isKnown && (
            <MenuItem reason={reason} onSelect={() => void act("pull")}>
              {t("projects.menu.pull")}
            </MenuItem>
          )}
          {row.running < row.total && (
            <MenuItem reason={reason} onSelect={() => void act("start")}>
              {t("projects.menu.start")}
            </MenuItem>
          )}
          {row.running > 0 && (
            <>
              <MenuItem reason={reason} onSelect={() => void askFirst("restart")}>
                {t("projects.menu.restart")}
              </MenuItem>
              <MenuItem reason={reason} onSelect={() => void askFirst("stop")}>
                {t("projects.menu.stop")}
              </MenuItem>
            </>
          )}
        </>
      )}
      {may("stack.remove") && (
        <>
          <MenuItem danger reason={reason} onSelect={() => void down(false)}>
            {t("projects.menu.down")}
          </MenuItem>
          <MenuItem danger reason={reason} onSelect={() => void down(true)}>
            {t("projects.menu.downVolumes")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Asked without the name the server only says what would go. A text is why it does not say it. */
async function whatGoes(
  path: string,
  volumes: boolean,
): Promise<{ readonly sentence: string; readonly parts: ProjectRemoval } | string> {
  try {
    await api.post(path, { volumes });
    return t("common.loading");
  } catch (error) {
    const details =
      error instanceof ApiError && error.code === "confirmation_needed" ? error.problem?.details : undefined;
    const sentence = wordsOf(error);
    return details ? { sentence, parts: details as unknown as ProjectRemoval } : sentence;
  }
}

function Goes({ parts, withVolumes }: { parts: ProjectRemoval; withVolumes: boolean }) {
  const groups = [
    [t("projects.goes.containers"), parts.containers],
    [t("projects.goes.networks"), parts.networks],
    [t(withVolumes ? "projects.goes.volumes" : "projects.goes.volumesStay"), parts.volumes],
  ] as const;
  return (
    <dl className="grid max-h-48 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 overflow-y-auto text-12">
      {groups
        .filter(([, names]) => names.length > 0)
        .map(([label, names]) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="mono break-words">{names.join(", ")}</dd>
          </div>
        ))}
    </dl>
  );
}
