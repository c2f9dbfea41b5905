import type { ContainerRef } from "#lib/server/container-types.ts";
import {
  amountOf, labelsOf, listOf, longestText, textOf, textOrNull, textsOf, timeOf, timeOrNull,
} from "#lib/server/docker/hostile.ts"; // biome-ignore format: one block
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import type {
  ContainerChanges,
  ContainerDetail,
  ContainerMount,
  ContainerNetwork,
  ContainerProcesses,
  FileChange,
  HealthRun,
} from "#lib/shared/containers/api-types.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { containerInWords } from "./container-words.ts";
import { rereadRow, selfWarning } from "./container-writes.ts";
import type { ContainerContext } from "./context.ts";
import { type FoundContainer, findContainer } from "./find-container.ts";

/** One container as its engine tells it now. */
export async function containerDetail(ctx: ContainerContext, target: ContainerRef): Promise<ContainerDetail> {
  const found = await findContainer(ctx, target);
  const { value, node } = found;
  const state = value.State ?? {};
  return {
    container: await viewOf(ctx, found),
    startedAt: timeOrNull(state.StartedAt),
    finishedAt: timeOrNull(state.FinishedAt),
    oomKilled: state.OOMKilled === true,
    error: textOrNull(state.Error, longestText),
    restarts: amountOf(value.RestartCount),
    pid: amountOf(state.Pid) || null,
    tty: value.Config?.Tty === true,
    labels: labelsOf(value.Config?.Labels),
    spec: containerInWords(value),
    mounts: mountsOf(value),
    networks: networksOf(value),
    health: healthOf(value),
    selfWarning: selfWarning(ctx, found, "stop"),
    nodes: ctx.table.freshness().filter(({ id }) => id === node.id),
  };
}

/** Processes of a running container, as `ps` on its node lists them. */
export async function containerProcesses(
  ctx: ContainerContext,
  target: ContainerRef,
): Promise<ContainerProcesses> {
  const { node, id, name, value } = await findContainer(ctx, target);
  if (value.State?.Running !== true) {
    throw new AppError("already_done", t("containers.error.notRunning", { name }));
  }
  const top = await node.engine.get<{
    Titles?: readonly string[] | null;
    Processes?: readonly (readonly string[])[] | null;
  }>(`/containers/${id}/top`, { signal: node.signal });
  return {
    titles: textsOf(top.Titles),
    rows: listOf(top.Processes).map((row) => textsOf(row, longestText)),
  };
}

/** More than this no page can show. */
const mostChanges = 2_000;
const changeKinds: readonly FileChange["kind"][] = ["changed", "added", "deleted"];

/** Files that differ from the image. */
export async function containerChanges(
  ctx: ContainerContext,
  target: ContainerRef,
): Promise<ContainerChanges> {
  const { node, id } = await findContainer(ctx, target);
  const changes = await node.engine.get<readonly { Path?: string; Kind?: number }[] | null>(
    `/containers/${id}/changes`,
    { signal: node.signal, timeoutMs: 30_000 },
  );
  const all = Array.isArray(changes) ? (changes as readonly { Path?: string; Kind?: number }[]) : [];
  const items = all.slice(0, mostChanges).map((change) => ({
    path: textOf(change.Path, longestText),
    kind: changeKinds[change.Kind ?? 0] ?? "changed",
  }));
  return { items, total: all.length };
}

/** `NAME=value`, as written. */
export async function containerEnv(ctx: ContainerContext, target: ContainerRef): Promise<readonly string[]> {
  const { value } = await findContainer(ctx, target);
  const env = value.Config?.Env;
  return Array.isArray(env) ? env.filter((line) => typeof line === "string") : [];
}

/** The engine's JSON text, unchanged. */
export async function containerRaw(ctx: ContainerContext, target: ContainerRef): Promise<string> {
  return (await findContainer(ctx, target)).text;
}

/** Its row; of one that is too new to be in the list the engine is asked for it. */
async function viewOf(
  ctx: ContainerContext,
  { row, node, id, name }: FoundContainer,
): Promise<ContainerView> {
  const view = row ?? (await rereadRow(ctx, node, id));
  if (view === null) throw new AppError("not_found", t("containers.error.notOn", { name, node: node.name }));
  return view;
}

function mountsOf({ Mounts }: WireContainerInspect): readonly ContainerMount[] {
  return listOf(Mounts).map((mount) => ({
    type: textOf(mount.Type) || "bind",
    source: textOrNull(mount.Name) ?? textOrNull(mount.Source),
    target: textOf(mount.Destination),
    readOnly: mount.RW === false,
    driver: textOrNull(mount.Driver),
  }));
}

function networksOf({ NetworkSettings }: WireContainerInspect): readonly ContainerNetwork[] {
  return Object.entries(NetworkSettings?.Networks ?? {}).map(([name, endpoint]) => ({
    id: textOf(endpoint?.NetworkID),
    name: textOf(name),
    ipv4: textOrNull(endpoint?.IPAddress),
    ipv6: textOrNull(endpoint?.GlobalIPv6Address),
    gateway: textOrNull(endpoint?.Gateway),
    mac: textOrNull(endpoint?.MacAddress),
    aliases: textsOf(endpoint?.Aliases),
  }));
}

/** The runs of the check that the engine remembers, newest first. */
function healthOf({ State }: WireContainerInspect): ContainerDetail["health"] {
  const health = State?.Health;
  if (!health || health.Status === "none") return null;
  const runs = listOf(health.Log).map(
    (run): HealthRun => ({
      at: timeOf(run.Start),
      tookMs: Math.max(0, timeOf(run.End) - timeOf(run.Start)),
      exitCode: typeof run.ExitCode === "number" ? run.ExitCode : -1,
      output: textOf(run.Output, longestText),
    }),
  );
  return { failingStreak: amountOf(health.FailingStreak), runs: runs.reverse() };
}
