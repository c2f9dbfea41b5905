import { seal, unseal } from "#lib/server/auth/sealed.ts";
import type { ProjectKey, ProjectRunRow, ProjectsTable } from "#lib/server/db/projects.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type {
  ProjectRun,
  ProjectRunDetail,
  ProjectRunKind,
  ProjectRunState,
} from "#lib/shared/projects/types.ts";
import type { StackFiles } from "#lib/shared/stacks/types.ts";
import type { RescueState } from "./rescue.ts";

export interface RunsOptions {
  readonly clusterId: string;
  readonly table: ProjectsTable;
  /** Seals files and variables. */
  readonly sealKey: string;
  readonly now: () => number;
}

/** What a run is begun with. */
export interface RunStart {
  readonly kind: ProjectRunKind;
  readonly message?: string;
  readonly fromVersion?: number | undefined;
  /** Of an `up`. */
  readonly content?: Omit<StackFiles, "version">;
}

/** A run of a server that ended in the middle, and what it had done. */
export interface Interrupted {
  readonly key: ProjectKey;
  readonly id: number;
  readonly output: string;
  readonly rescue: RescueState;
}

const usualLimit = 50;

/** The runs of one cluster's projects. */
export type ProjectRuns = ReturnType<typeof createProjectRuns>;

export function createProjectRuns({ clusterId, table, sealKey, now }: RunsOptions) {
  const ownerOf = ({ node, project }: ProjectKey) => `project ${clusterId} ${node} ${project}`;
  const keyOf = (node: string, project: string): ProjectKey => ({ cluster: clusterId, node, project });

  function rowOf(key: ProjectKey, id: string): ProjectRunRow {
    const row = /^\d{1,15}$/.test(id) ? table.byId(key, Number(id)) : null;
    if (row === null)
      throw new AppError(
        "not_found",
        t("projects.error.noRun", { project: key.project, id: id.slice(0, 40) }),
      );
    return row;
  }

  /** The files of the newest deploy that was not turned away, or taken back. */
  function newest(key: ProjectKey): ProjectRunRow | null {
    const rows = table.versions(key, Number.MAX_SAFE_INTEGER, 100);
    const taken = rows.filter(({ state }) => state !== "refused");
    return taken.find(({ state }) => state !== "restored" && state !== "interrupted") ?? taken[0] ?? null;
  }

  return {
    keyOf,
    begin(caller: Caller, key: ProjectKey, start: RunStart): number {
      const { kind, message = "", fromVersion = null, content } = start;
      const sizes = (content?.files ?? []).map(({ name, text }) => ({
        name,
        bytes: Buffer.byteLength(text),
      }));
      return table.add({
        ...key, kind, message, fromVersion, userName: caller.name, startedAt: now(), endedAt: null, state: "running",
        words: JSON.stringify(phrase(`projects.words.running.${kind}`)),
        files: JSON.stringify(sizes),
        content: content ? seal(Buffer.from(JSON.stringify(content)), sealKey, ownerOf(key)) : "",
        rescue: "", output: "",
      }); // biome-ignore format: short
    },
    progress(id: number, kind: ProjectRunKind, output: string): void {
      const words = JSON.stringify(phrase(`projects.words.running.${kind}`));
      table.save({ id, endedAt: null, state: "running", words, output });
    },
    restoring(id: number, output: string): void {
      const words = JSON.stringify(phrase("projects.words.restoring"));
      table.save({ id, endedAt: null, state: "restoring", words, output });
    },
    end(id: number, state: ProjectRunState, words: Phrase, output: string): void {
      table.save({ id, endedAt: now(), state, words: JSON.stringify(words), output });
      table.keepRescue(id, "");
    },
    keepRescue(id: number, state: RescueState): void {
      const isNothing = state.made.length + state.kept.length + state.stopped.length === 0;
      table.keepRescue(id, isNothing ? "" : JSON.stringify(state));
    },
    /** What a killed server has left, told as what it is from now on; those that must be undone are answered. */
    interrupted(): readonly Interrupted[] {
      return table.open(clusterId).flatMap((row) => {
        const rescue = table.content(row.id)?.rescue ?? "";
        const words = phrase(rescue === "" ? "projects.words.interrupted" : "projects.words.interruptedOpen");
        table.save({
          id: row.id,
          endedAt: now(),
          state: "interrupted",
          words: JSON.stringify(words),
          output: row.output,
        });
        if (rescue === "") return [];
        const key = keyOf(row.node, row.project);
        return [{ key, id: row.id, output: row.output, rescue: JSON.parse(rescue) as RescueState }];
      });
    },
    versions: (
      key: ProjectKey,
      {
        before = Number.MAX_SAFE_INTEGER,
        limit = usualLimit,
      }: { before?: number | undefined; limit?: number | undefined },
    ): readonly ProjectRun[] => table.versions(key, before, limit).map(runView),
    detail(key: ProjectKey, id: string): ProjectRunDetail {
      const row = rowOf(key, id);
      return { ...runView(row), output: row.output };
    },
    files(key: ProjectKey, id: string | null): StackFiles {
      const row = id === null ? newest(key) : rowOf(key, id);
      const content = row && table.content(row.id)?.content;
      if (!row || !content) return { version: null, files: [], env: "" };
      const kept = JSON.parse(String(unseal(content, sealKey, ownerOf(key)))) as Omit<StackFiles, "version">;
      return { version: row.id, ...kept };
    },
    /** `node project` of every project that was deployed here. */
    known: () => new Set(table.known(clusterId).map(({ node, project }) => `${node} ${project}`)),
  };
}

function runView(row: ProjectRunRow): ProjectRun {
  const { id, project, kind, startedAt, endedAt, userName, message, state, words, fromVersion, files } = row;
  return {
    id, project, kind, startedAt, endedAt, userName, message, state, fromVersion,
    words: JSON.parse(words) as Phrase,
    files: JSON.parse(files) as ProjectRun["files"],
  }; // biome-ignore format: short
}
