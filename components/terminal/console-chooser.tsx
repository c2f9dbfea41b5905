"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { markingOf } from "#components/cluster/marking.ts";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { taskName } from "#lib/shared/map/map-task.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { splitCommand } from "#lib/shared/terminal/split-command.ts";
import type { ConsoleAddress } from "./console-address.ts";

/** Most tasks that are offered. */
const most = 60;

/** Which container: by name or id on any node, or one of the tasks that run. */
export function ConsoleChooser({ onChoose }: { onChoose: (address: ConsoleAddress) => void }) {
  const [problem, setProblem] = useState<string>();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    const command = splitCommand(text("command"));
    setProblem(command === null ? t("consoles.commandQuote") : undefined);
    if (command === null || text("container") === "") return;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    onChoose({
      container: text("container"),
      node: text("node") || null,
      kind: submitter?.getAttribute("value") === "attach" ? "attach" : "exec",
      command: command.length === 0 ? null : command,
      user: text("user"),
    });
  };
  return (
    <>
      <PageHead title={t("consoles.title")} note={t("consoles.choose")} />
      <div className="min-h-0 flex-1 overflow-y-auto p-5 max-sm:p-4">
        <div className="mx-auto flex max-w-[760px] flex-col gap-4">
          <Panel>
            <form onSubmit={send} className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
              <TextField
                name="container"
                required
                autoComplete="off"
                spellCheck={false}
                label={t("consoles.container")}
                hint={t("consoles.containerHint")}
              />
              <TextField
                name="node"
                autoComplete="off"
                label={t("consoles.node")}
                placeholder={t("consoles.anyNode")}
              />
              <TextField
                name="command"
                mono
                autoComplete="off"
                spellCheck={false}
                label={t("consoles.command")}
                hint={t("consoles.commandHint")}
                {...(problem !== undefined && { error: problem })}
              />
              <TextField
                name="user"
                autoComplete="off"
                label={t("consoles.user")}
                hint={t("consoles.userHint")}
              />
              <div className="col-span-full flex flex-wrap gap-2">
                <Button type="submit" variant="primary">
                  {t("consoles.start")}
                </Button>
                <Button type="submit" value="attach">
                  {t("consoles.attach")}
                </Button>
              </div>
            </form>
          </Panel>
          <RunningTasks onChoose={onChoose} />
        </div>
      </div>
    </>
  );
}

/** Tasks with a container on a node that is reached, by name. */
function reachable({ tasks, nodes, services }: ClusterModel, filter: string) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return Object.values(tasks)
    .flatMap((task) => {
      const node = task.nodeId === null ? undefined : nodes[task.nodeId];
      if (task.state !== "running" || task.containerId === null || !node?.linked) return [];
      const service = services[task.serviceId];
      const name = taskName({ task, service });
      return [{ task, node, service, name, text: `${service?.name} ${name} ${node.name}`.toLowerCase() }];
    })
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .sort((a, b) => compareNatural(a.name, b.name));
}

function RunningTasks({ onChoose }: { onChoose: (address: ConsoleAddress) => void }) {
  const { model } = useCluster();
  const [filter, setFilter] = useState("");
  const found = reachable(model, filter);
  return (
    <Panel bare title={t("consoles.running")}>
      <div className="p-3.5">
        <TextField
          label={<span className="sr-only">{t("consoles.filter")}</span>}
          placeholder={t("consoles.filter")}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      {found.length === 0 && <p className="px-3.5 pb-3.5 text-ink-3">{t("consoles.noTasks")}</p>}
      <ul>
        {found.slice(0, most).map(({ task, node, service, name }) => (
          <li key={task.id} className="border-t border-line">
            <button
              type="button"
              className="flex h-9 w-full items-center gap-2.5 px-3.5 text-left hover:bg-surface-2"
              onClick={() =>
                onChoose({
                  container: task.containerId ?? "",
                  node: node.name,
                  kind: "exec",
                  command: null,
                  user: "",
                })
              }
            >
              <TaskMark
                state="running"
                hue={service?.color.hue}
                marking={service ? markingOf(service.color) : undefined}
              />
              <span className="min-w-0 truncate font-medium">{name}</span>
              <span className="flex-1" />
              <span className="text-ink-3">{node.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
