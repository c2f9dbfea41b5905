import "#lib/shared/i18n/pages/deploy.ts";
import "#lib/shared/i18n/pages/projects.ts";
import { Output } from "#components/deploy/plan-panel.tsx";
import { ProblemList } from "#components/deploy/problem-list.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { PlannedProjectService, ProjectAction, ProjectPlan } from "#lib/shared/projects/types.ts";
import type { StackProblem } from "#lib/shared/stacks/types.ts";

interface ProjectPlanProps {
  plan: ProjectPlan;
  onOpen: (problem: StackProblem) => void;
}

const order: readonly ProjectAction[] = ["remove", "change", "create", "start", "unchanged", "left"];
const quiet: ReadonlySet<ProjectAction> = new Set(["unchanged", "left"]);

/** What a deploy would do: what it pulls, makes, replaces because of what, starts, removes and leaves alone. */
export function ProjectPlanPanel({ plan, onOpen }: ProjectPlanProps) {
  const groups = order
    .map((action) => ({ action, services: plan.services.filter((service) => service.action === action) }))
    .filter(({ services }) => services.length > 0);
  const lists = (["pulls", "networks", "volumes"] as const).filter((kind) => plan[kind].length > 0);
  return (
    <Panel
      title={t("projects.plan.title")}
      aside={<span className="text-ink-3">{summary(plan)}</span>}
      aria-live="polite"
    >
      <div className="grid gap-4">
        <ProblemList problems={plan.problems} onOpen={onOpen} />
        {groups.map(({ action, services }) => (
          <section key={action} data-plan={action} className="grid gap-2">
            <h3 className="text-12 font-semibold text-ink-2">
              {t(`projects.plan.group.${action}`, { n: services.length })}
            </h3>
            {quiet.has(action) ? (
              <p className="mono break-words text-ink-2">{services.map(({ name }) => name).join(", ")}</p>
            ) : (
              services.map((service) => <Service key={service.name} service={service} />)
            )}
          </section>
        ))}
        {lists.map((kind) => (
          <section key={kind} className="grid gap-1.5">
            <h3 className="text-12 font-semibold text-ink-2">{t(`projects.plan.${kind}`)}</h3>
            <p className="mono break-words text-ink-2">{plan[kind].join(", ")}</p>
          </section>
        ))}
        {plan.output !== "" && <Output text={plan.output} title={t("projects.output")} />}
      </div>
    </Panel>
  );
}

function summary({ services, isEmpty, problems }: ProjectPlan): string {
  if (problems.some(({ severity }) => severity === "error")) return t("projects.plan.blocked");
  if (isEmpty) return t("projects.plan.empty");
  const moving = services.filter(({ action }) => !quiet.has(action));
  return t("projects.plan.containers", { n: moving.reduce((sum, { containers }) => sum + containers, 0) });
}

function Service({ service }: { service: PlannedProjectService }) {
  const { name, action, containers: n, because } = service;
  return (
    <article aria-label={name} className="rounded-2 border border-line px-3 py-2">
      <span className="font-medium">{name}</span>{" "}
      <span className="text-12 break-words text-ink-3">
        {action !== "unchanged" &&
          action !== "left" &&
          t(`projects.plan.does.${action}`, { n, why: because.join(", ") })}
      </span>
    </article>
  );
}
