import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import type { ClusterModel, ServiceView } from "../model/types.ts";
import { eligibleNodes, scaleWarningPhrase, scaleWarnings } from "../placement.ts";
import type { StackProblem } from "./types.ts";

type Picture = Pick<ClusterModel, "nodes" | "services" | "tasks">;

/**
 * What will stand in the way of these services (as the deploy would write them; `gone`: ids of those it removes): ports
 * that somebody else has, nodes that do not fit, reservations without room. Pure, over the present picture.
 */
export function preflight(
  model: Picture,
  services: readonly ServiceView[],
  gone: ReadonlySet<string>,
): readonly StackProblem[] {
  const planned = new Set(services.map(({ id }) => id));
  const others = Object.values(model.services).filter(({ id }) => !planned.has(id) && !gone.has(id));
  return services.flatMap((service, index) => [
    ...portProblems(service, [...others, ...services.slice(0, index)]),
    ...placeProblems(model, service),
  ]);
}

function portProblems(service: ServiceView, others: readonly ServiceView[]): readonly StackProblem[] {
  return service.ports.flatMap(({ mode, published, protocol }) => {
    if (mode !== "ingress" || published === null) return [];
    const holder = others.find(({ ports }) =>
      ports.some(
        (port) => port.mode === "ingress" && port.published === published && port.protocol === protocol,
      ),
    );
    if (holder === undefined) return [];
    const port = `${published}/${protocol}`;
    return [problem("error", t("deploy.preflight.port", { name: service.name, port, holder: holder.name }))];
  });
}

function placeProblems(model: Picture, service: ServiceView): readonly StackProblem[] {
  if (service.mode.startsWith("global")) {
    const isNowhere = Object.keys(model.nodes).length > 0 && eligibleNodes(model, service).length === 0;
    if (!isNowhere) return [];
  }
  const replicas = service.replicas ?? 1;
  return scaleWarnings(model, service, replicas).map((warning) =>
    problem(
      "warning",
      t("deploy.preflight.place", { name: service.name, why: say(t, scaleWarningPhrase(warning)) }),
    ),
  );
}

/** What a file takes for granted, by name. */
export interface Present {
  readonly secrets: ReadonlySet<string>;
  readonly configs: ReadonlySet<string>;
  /** Of the swarm; a host's own count too. */
  readonly networks: ReadonlySet<string>;
}

/** External secrets, configs and networks that are not there. `roots`: the compose files as plain values. */
export function missingExternals(
  files: readonly {
    readonly file: string;
    readonly value: unknown;
    lineOf(path: readonly string[]): number | null;
  }[],
  present: Present,
): readonly StackProblem[] {
  return files.flatMap((compose) =>
    (["secrets", "configs", "networks"] as const).flatMap((kind) =>
      Object.entries(members(members(compose.value)[kind])).flatMap(([key, part]) => {
        const { external, name } = members(part);
        if (external !== true && typeof external !== "object") return [];
        const wanted = [name, members(external).name, key].find((each) => typeof each === "string") as string;
        // A variable in it is filled in by the docker command alone.
        if (wanted.includes("$") || present[kind].has(wanted)) return [];
        const message = t(`deploy.preflight.missing.${kind}`, { name: wanted });
        return [
          { severity: "error" as const, message, file: compose.file, line: compose.lineOf([kind, key]) },
        ];
      }),
    ),
  );
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function problem(severity: StackProblem["severity"], message: string): StackProblem {
  return { severity, message, file: null, line: null };
}
