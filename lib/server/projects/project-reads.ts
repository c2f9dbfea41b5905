import { textOrNull } from "#lib/server/docker/hostile.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ProjectRow } from "#lib/shared/projects/project-rows.ts";
import type { ProjectRemoveInput } from "#lib/shared/projects/schemas.ts";
import type { ProjectRemoval, ProjectSource } from "#lib/shared/projects/types.ts";
import type { LinkedNode, NodeEngines } from "../cluster/nodes/node-engines.ts";
import { composeLabels } from "./labels.ts";

/** What the labels of its first container say about where a project was made; nothing where its node does not answer. */
export async function sourceOf(engines: NodeEngines, row: ProjectRow): Promise<ProjectSource> {
  const [first] = row.containers;
  try {
    const { engine, signal } = engines.get(row.nodeId);
    const { Config } = await engine.get<WireContainerInspect>(`/containers/${first?.id}/json`, { signal });
    const files = textOrNull(Config?.Labels?.[composeLabels.files]);
    return {
      workingDir: textOrNull(Config?.Labels?.[composeLabels.workingDir]),
      files: files === null ? [] : files.split(",").slice(0, 20),
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { workingDir: null, files: [] };
  }
}

/** Throws confirmation_needed with a list of what goes, unless the project's name was typed. */
export async function requireRemoval(
  node: LinkedNode,
  row: ProjectRow,
  input: ProjectRemoveInput,
): Promise<void> {
  if (input.confirm === row.name) return;
  const removal: ProjectRemoval = {
    containers: row.containers.map(({ name }) => name),
    networks: await namesOf(node, "networks", row.name),
    volumes: await namesOf(node, "volumes", row.name),
  };
  const key = input.volumes ? "projects.remove.confirmVolumes" : "projects.remove.confirm";
  throw new AppError("confirmation_needed", t(key, { project: row.name, n: row.total }), {
    details: { name: row.name, ...removal },
  });
}

async function namesOf(
  node: LinkedNode,
  kind: "networks" | "volumes",
  project: string,
): Promise<readonly string[]> {
  const query = { filters: { label: [`${composeLabels.project}=${project}`] } };
  const answer = await node.engine.get<unknown>(`/${kind}`, { query, signal: node.signal });
  const list = kind === "volumes" ? ((answer as { Volumes?: unknown }).Volumes ?? []) : answer;
  return (list as readonly { readonly Name?: string }[]).map(({ Name = "" }) => Name).sort();
}
