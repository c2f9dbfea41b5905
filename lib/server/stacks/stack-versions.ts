import { seal, unseal } from "#lib/server/auth/sealed.ts";
import type { StacksTables, StackVersionRow } from "#lib/server/db/stacks.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackDeployInput } from "#lib/shared/stacks/schemas.ts";
import type {
  DeployedService, DeployState, StackFiles, StackVersion, StackVersionDetail,
} from "#lib/shared/stacks/types.ts"; // biome-ignore format: one block
import type { ActionContext } from "../cluster/actions/context.ts";
import { allStay, type KeptFiles, keptFilesOf } from "./replaced-files.ts";
import { servicesOf, standingOf, versionView } from "./version-views.ts";

/** What versions are kept with. */
export interface VersionsOptions {
  readonly ctx: ActionContext;
  readonly tables: StacksTables;
  /** Seals files and variables. */
  readonly sealKey: string;
}

/** The specification a service had after a deploy. */
export interface KeptSpec {
  readonly name: string;
  readonly spec: string;
}

/** What is known of a deploy while the docker command runs. */
export interface DeployProgress {
  readonly services: readonly DeployedService[];
  readonly specs: Readonly<Record<string, KeptSpec>>;
  readonly output: string;
}

/** The end of the command, and of the deploy where nothing is followed any more. */
interface Outcome extends DeployProgress {
  readonly state: DeployState;
  readonly words: Phrase;
}

const usualLimit = 50;

/** The versions of the stacks of one cluster. */
export type StackVersions = ReturnType<typeof createStackVersions>;

/** What a killed server has left is told as what it is: interrupted. */
export function createStackVersions({ ctx, tables, sealKey }: VersionsOptions) {
  const cluster = ctx.clusterId;
  for (const row of tables.open(cluster)) {
    const services = servicesOf(row);
    const written = services.filter((service) => service.written).length;
    const words = phrase("deploy.words.interrupted", { written, n: services.filter(isWrite).length });
    const specs = tables.content(cluster, row.stack, row.id)?.specs ?? "{}";
    tables.save({ ...row, specs, state: "interrupted", words: JSON.stringify(words), endedAt: ctx.now() });
  }

  /** The row as it stands now; what has ended meanwhile is written down. */
  function standing(row: StackVersionRow): StackVersionRow {
    if (row.state !== "converging" && row.state !== "stuck") return row;
    const ids = servicesOf(row).flatMap(({ operation }) => operation ?? []);
    const operations = ids.map((id) => ctx.history?.operation(id) ?? null).filter((each) => each !== null);
    const nodeName = (id: string) => ctx.model().nodes[id]?.name ?? null;
    const standing = standingOf(operations, nodeName, ctx.now());
    if (standing.state === "completed" && !keptFilesOf(row).isDone)
      return { ...row, state: "converging", words: JSON.stringify(phrase("deploy.words.tidying")) };
    const { state, words, endedAt } = standing;
    const after = { ...row, state, words: JSON.stringify(words), endedAt };
    if (endedAt !== null) {
      const specs = tables.content(cluster, row.stack, row.id)?.specs ?? "{}";
      tables.save({ ...after, specs });
    }
    return after;
  }

  function rowOf(stack: string, id: string): StackVersionRow {
    const row = /^\d{1,15}$/.test(id) ? tables.byId(cluster, stack, Number(id)) : null;
    if (row === null)
      throw new AppError("not_found", t("deploy.error.noVersion", { stack, id: id.slice(0, 40) }));
    return standing(row);
  }

  /** The newest one of which something was written. */
  function newest(stack: string): StackVersionRow | null {
    const rows = tables.list(cluster, stack, Number.MAX_SAFE_INTEGER, 100);
    const row = rows.find(
      ({ state, services }) =>
        state !== "refused" && (state !== "interrupted" || services.includes('"written":true')),
    );
    return row ? standing(row) : null;
  }

  /**
   * What to do about secrets and configs that a deploy is to remove: these, or wait for its outcome. Null: nothing (any
   * more). A later deploy decides anew, because it may have gone back to one of them.
   */
  function nextStep(stack: string, id: number): KeptFiles | "wait" | null {
    const row = tables.byId(cluster, stack, id);
    if (row === null || keptFilesOf(row).isDone) return null;
    if (row.state === "writing") return "wait";
    const later = tables.list(cluster, stack, Number.MAX_SAFE_INTEGER, 10).filter((each) => each.id > id);
    if (later.some(({ state }) => state === "writing")) return "wait";
    if (later.some(({ state }) => state !== "refused")) return stay(row, phrase("deploy.old.later"));
    const { state } = standing(row);
    if (state === "stuck") return "wait";
    if (state !== "converging") return null;
    const ends = servicesOf(row).map(({ operation }) => operation && endOf(operation));
    if (ends.some((end) => end === "open")) return "wait";
    if (ends.some((end) => end === "failed")) return stay(row, phrase("deploy.old.failed"));
    return keptFilesOf(row);
  }

  function stay(row: StackVersionRow, why: Phrase): null {
    tables.keepReplaced(row.id, JSON.stringify(allStay(keptFilesOf(row), why)));
    standing({ ...row, replaced: JSON.stringify(allStay(keptFilesOf(row), why)) });
    return null;
  }

  /** How an operation ended, or the newest of its service where others took over from it. */
  function endOf(id: number): "open" | "completed" | "failed" {
    const found = ctx.history?.operation(id) ?? null;
    if (found === null) return "completed";
    const filter = { serviceId: found.service.id, state: null, before: Number.MAX_SAFE_INTEGER, limit: 1 };
    const [newest = found] = found.state === "superseded" ? (ctx.history?.operations(filter) ?? []) : [found];
    if (newest.endedAt === null) return "open";
    return newest.state === "completed" || newest.state === "superseded" ? "completed" : "failed";
  }

  const ownerOf = (stack: string) => `${cluster} ${stack}`;

  return {
    begin(
      caller: Caller,
      stack: string,
      input: StackDeployInput,
      services: readonly DeployedService[],
      replaced: KeptFiles,
    ): number {
      const { files, env, message, prune, fromVersion = null } = input;
      const sizes = files.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) }));
      return tables.add({
        cluster, stack, message, fromVersion, userName: caller.name,
        startedAt: ctx.now(), endedAt: null, state: "writing",
        words: JSON.stringify(phrase("deploy.words.writing")),
        prune: prune ? 1 : 0,
        files: JSON.stringify(sizes),
        content: seal(Buffer.from(JSON.stringify({ files, env })), sealKey, ownerOf(stack)),
        services: JSON.stringify(services), specs: "{}", output: "", replaced: JSON.stringify(replaced),
      }); // biome-ignore format: short
    },
    progress(id: number, { services, specs, output }: DeployProgress): void {
      const words = JSON.stringify(phrase("deploy.words.writing"));
      tables.save({ id, endedAt: null, state: "writing", words, services: JSON.stringify(services), specs: JSON.stringify(specs), output }); // biome-ignore format: short
    },
    end(id: number, { services, specs, output, state, words }: Outcome): void {
      const endedAt = state === "converging" ? null : ctx.now();
      tables.save({
        id, endedAt, state, words: JSON.stringify(words), services: JSON.stringify(services), specs: JSON.stringify(specs), output,
      }); // biome-ignore format: short
    },
    nextStep,
    /** Deploys that have something to remove and whose outcome is not known yet. */
    untidy: () =>
      tables
        .followed(cluster)
        .filter((row) => !keptFilesOf(row).isDone)
        .map(({ stack, id }) => ({ stack, id })),
    /** What became of secrets and configs. */
    keepFiles(id: number, kept: KeptFiles): void {
      tables.keepReplaced(id, JSON.stringify(kept));
    },
    list: (
      stack: string,
      {
        before = Number.MAX_SAFE_INTEGER,
        limit = usualLimit,
      }: { before?: number | undefined; limit?: number | undefined },
    ): readonly StackVersion[] =>
      tables.list(cluster, stack, before, limit).map((row) => versionView(standing(row))),
    detail(stack: string, id: string): StackVersionDetail {
      const row = rowOf(stack, id);
      return { ...versionView(row), output: row.output };
    },
    files(stack: string, id: string | null): StackFiles {
      const row = id === null ? newest(stack) : rowOf(stack, id);
      const kept = row && tables.content(cluster, stack, row.id);
      if (!row || !kept) return { version: null, files: [], env: "" };
      const content = JSON.parse(String(unseal(kept.content, sealKey, ownerOf(stack)))) as Omit<
        StackFiles,
        "version"
      >;
      return { version: row.id, ...content };
    },
    /** The specifications as the newest deploy left them; null where there was none. */
    newestSpecs(
      stack: string,
    ): { readonly version: number; readonly specs: Readonly<Record<string, KeptSpec>> } | null {
      const row = newest(stack);
      const kept = row && tables.content(cluster, stack, row.id);
      return row && kept
        ? { version: row.id, specs: JSON.parse(kept.specs) as Record<string, KeptSpec> }
        : null;
    },
  };
}

/** Something is written for it. */
export function isWrite({ action }: Pick<DeployedService, "action">): boolean {
  return action !== "left";
}
