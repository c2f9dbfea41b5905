import { t } from "#lib/shared/i18n/translate.ts";
import type { StackProblem } from "#lib/shared/stacks/types.ts";

/** The name under which problems of the variables are told. */
const envFile = ".env";

/**
 * Names that change what the docker command itself does, or what is loaded into it. They are nobody's to set here: it
 * runs as the server does.
 */
const reserved =
  /^(DOCKER_(HOST|CONFIG|CONTEXT|TLS.*|CERT_PATH|API_VERSION|DEFAULT_.*|CONTENT_TRUST.*|CUSTOM_.*|AUTH_.*|CLI_.*|HIDE_.*|BUILDKIT|NOTARY_.*|STACK_.*|ORCHESTRATOR|TMPDIR)|PATH|HOME|TMPDIR|LD_.*|GODEBUG|GOTRACEBACK|GOMAXPROCS|GOGC|GOMEMLIMIT|GOCOVERDIR|SSL_CERT_.*|(HTTPS?|NO|ALL)_PROXY|XDG_.*|OTEL_.*)$/i;

type EnvLine = Line | { readonly number: number; readonly name: null };

interface Line {
  readonly number: number;
  readonly name: string;
  readonly value: string;
}

/** Lines as in a .env file: `NAME=value`, comments, `export`, and quotes around a value. */
function linesOf(text: string): readonly EnvLine[] {
  return text.split(/\r?\n/).flatMap((raw, index): readonly EnvLine[] => {
    const line = raw.trim().replace(/^export\s+/, "");
    if (line === "" || line.startsWith("#")) return [];
    const found = /^([A-Za-z_][A-Za-z0-9_.-]{0,200})\s*=(.*)$/.exec(line);
    if (!found) return [{ number: index + 1, name: null }];
    return [{ number: index + 1, name: found[1] ?? "", value: unquoted((found[2] ?? "").trim()) }];
  });
}

function unquoted(value: string): string {
  const single = /^'([^']*)'(\s+#.*)?$/.exec(value);
  if (single) return single[1] ?? "";
  const double = /^"((?:[^"\\]|\\.)*)"(\s+#.*)?$/.exec(value);
  if (double) return (double[1] ?? "").replace(/\\n/g, "\n").replace(/\\(.)/g, "$1");
  return value.replace(/\s+#.*$/, "");
}

/** What is wrong with the variables, by line; never a value. */
export function envProblems(text: string): readonly StackProblem[] {
  return linesOf(text).flatMap((line) => {
    const problem = (message: string): StackProblem => ({
      severity: "error",
      message,
      file: envFile,
      line: line.number,
    });
    if (line.name === null) return [problem(t("deploy.problem.envLine"))];
    if (reserved.test(line.name)) return [problem(t("deploy.problem.envName", { name: line.name }))];
    return line.value.includes("\0") ? [problem(t("deploy.problem.envLine"))] : [];
  });
}

/** The variables; of a name given twice the last counts. */
export function readEnv(text: string): Readonly<Record<string, string>> {
  const found = linesOf(text).flatMap((line) =>
    line.name === null || reserved.test(line.name) ? [] : [[line.name, line.value] as const],
  );
  return Object.fromEntries(found);
}
