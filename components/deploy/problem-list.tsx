import "#lib/shared/i18n/pages/deploy.ts";
import { Icon } from "#components/ui/icon.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackProblem } from "#lib/shared/stacks/types.ts";

interface ProblemListProps {
  problems: readonly StackProblem[];
  /** Shows the place of a problem. */
  onOpen?: (problem: StackProblem) => void;
}

/** What is wrong with the files, errors first, each leading to its line. */
export function ProblemList({ problems, onOpen }: ProblemListProps) {
  if (problems.length === 0) return null;
  const sorted = [...problems].sort(
    (a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"),
  );
  return (
    <ul data-slot="problems" aria-label={t("deploy.problems")} className="grid gap-1.5">
      {sorted.map((problem) => (
        <li key={`${problem.file} ${problem.line} ${problem.message}`} className="flex items-start gap-2">
          <Icon
            name="alert"
            size={14}
            className={`mt-[3px] shrink-0 ${problem.severity === "error" ? "text-bad" : "text-warn"}`}
          />
          <span className="min-w-0 break-words">
            <span className="sr-only">{t(`deploy.severity.${problem.severity}`)}</span>
            {problem.message} <Place problem={problem} onOpen={onOpen} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Place({ problem, onOpen }: { problem: StackProblem; onOpen: ProblemListProps["onOpen"] }) {
  const { file, line } = problem;
  if (file === null) return null;
  const words = line === null ? file : t("deploy.place", { file, line });
  return onOpen && line !== null ? (
    <button type="button" className="mono text-accent hover:underline" onClick={() => onOpen(problem)}>
      {words}
    </button>
  ) : (
    <span className="mono text-ink-3">{words}</span>
  );
}
