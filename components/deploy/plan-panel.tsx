import "#lib/shared/i18n/pages/deploy.ts";
import { ChangeList } from "#components/revisions/change-list.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PlanAction, PlannedService, StackPlan, StackProblem } from "#lib/shared/stacks/types.ts";
import { PlannedParts } from "./planned-parts.tsx";
import { ProblemList } from "./problem-list.tsx";

interface PlanPanelProps {
  plan: StackPlan;
  onOpen: (problem: StackProblem) => void;
}

const order: readonly PlanAction[] = ["remove", "change", "create", "unchanged", "left"];

/** What a deploy would do: what it makes, changes, removes and leaves alone, and which tasks it replaces because of what. */
export function PlanPanel({ plan, onOpen }: PlanPanelProps) {
  const groups = order
    .map((action) => ({ action, services: plan.services.filter((service) => service.action === action) }))
    .filter(({ services }) => services.length > 0);
  return (
    <Panel
      title={t("deploy.plan.title")}
      aside={<span className="text-ink-3">{summary(plan)}</span>}
      aria-live="polite"
    >
      <div className="grid gap-4">
        <ProblemList problems={plan.problems} onOpen={onOpen} />
        {groups.map(({ action, services }) => (
          <section key={action} data-plan={action} className="grid gap-2">
            <h3 className="text-12 font-semibold text-ink-2">
              {t(`deploy.plan.${action}`, { n: services.length })}
            </h3>
            {action === "unchanged" || action === "left" ? (
              <p className="mono text-ink-2">{services.map(({ name }) => name).join(", ")}</p>
            ) : (
              services.map((service) => <Service key={service.name} service={service} />)
            )}
          </section>
        ))}
        <PlannedParts parts={plan.parts} />
        {plan.output !== "" && <Output text={plan.output} />}
      </div>
    </Panel>
  );
}

function summary({ services, isEmpty, problems }: StackPlan): string {
  if (problems.some(({ severity }) => severity === "error")) return t("deploy.plan.blocked");
  if (isEmpty) return t("deploy.plan.empty");
  return t("deploy.plan.tasks", { n: services.reduce((sum, { tasks }) => sum + tasks, 0) });
}

function Service({ service }: { service: PlannedService }) {
  const { name, action, changes, replacesTasks, tasks, because } = service;
  return (
    <article aria-label={name} className="rounded-2 border border-line px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{name}</span>
        <span className="text-12 text-ink-3">
          {action === "create" && t("deploy.plan.starts", { n: tasks })}
          {action === "remove" && t("deploy.plan.ends", { n: tasks })}
          {action === "change" &&
            (replacesTasks
              ? t("deploy.plan.replaces", { n: tasks, fields: because.join(", ") })
              : t("deploy.plan.keepsTasks"))}
        </span>
      </div>
      {changes.length > 0 && (
        <div className="mt-2 text-12">
          <ChangeList changes={changes} />
        </div>
      )}
    </article>
  );
}

/** What the docker command said, as it said it. */
export function Output({
  text,
  open = false,
  title = t("deploy.output.title"),
}: {
  text: string;
  open?: boolean;
  title?: string;
}) {
  return (
    <details open={open} className="min-w-0">
      <summary className="cursor-pointer text-12 font-medium text-ink-2">{title}</summary>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="mono mt-1.5 max-h-56 overflow-auto rounded-2 border border-line bg-surface-2 p-2 text-12 break-words whitespace-pre-wrap"
      >
        {text.trim()}
      </pre>
    </details>
  );
}
