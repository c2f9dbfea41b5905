import type { RotationsTable } from "#lib/server/db/rotations.ts";
import { createClusterProjects, type KeptProjects } from "#lib/server/projects/cluster-projects.ts";
import type { Cluster } from "#lib/server/runtime-types.ts";
import { createClusterStacks, type KeptStacks } from "#lib/server/stacks/cluster-stacks.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { nodeDetail, serviceDetail, serviceEnv, serviceRaw, taskDetail } from "./actions/details.ts";
import { killTask } from "./actions/kill-task.ts";
import { patchNode, removeNode } from "./actions/node-writes.ts";
import { listOperations, operationById } from "./actions/operations.ts";
import * as revisions from "./actions/revisions.ts";
import { continueUpdate, rollbackService } from "./actions/rollback.ts";
import { removeService, restartService, scaleService } from "./actions/service-writes.ts";
import * as swarm from "./actions/swarm.ts";
import { createClusterContainers } from "./containers/cluster-containers.ts";
import { createNewerWatch } from "./images/newer-images.ts";
import type { LiveCluster } from "./live-cluster-types.ts";
import { createClusterNetworks } from "./networks/cluster-networks.ts";
import { configData } from "./resources/config-data.ts";
import { rebuildStack } from "./resources/rebuild-stack.ts";
import { partsOfStacks, stackDetail, stackList } from "./resources/stacks.ts";
import { createService } from "./services/create-service.ts";
import { editService, previewService, serviceForm, serviceLogOptions } from "./services/edit-service.ts";
import { exportService } from "./services/export-service.ts";
import { previewCreate } from "./services/preview-create.ts";
import { redeployService } from "./services/redeploy.ts";
import { createClusterFiles } from "./swarm-files/cluster-files.ts";
import { createClusterVolumes } from "./volumes/cluster-volumes.ts";

/** What a cluster keeps and reports, beside its live side. */
export interface ClusterParts {
  readonly stacks: KeptStacks;
  readonly projects: KeptProjects;
  /** Left out: rotations are not kept. */
  readonly rotations?: RotationsTable;
  readonly onError?: (error: unknown) => void;
}

/** The whole cluster for routes and pages: its live picture, and every action on it. The caller stops its work. */
export function createCluster(
  live: LiveCluster,
  { stacks, projects, rotations, onError = () => undefined }: ClusterParts,
): Cluster & { stopWork(): void } {
  const { actions: ctx, resources } = live;
  const files = createClusterFiles(
    { actions: ctx, resources, model: () => live.model() },
    { table: rotations ?? null, onError },
  );
  const newer = createNewerWatch(ctx, onError);
  const deploys = createClusterStacks({ ctx, resources, engines: live.engines, onError, ...stacks });
  const { engines, containers } = live;
  const composed = createClusterProjects({ ctx, engines, containers, onError, ...projects });
  return {
    id: live.id,
    model: () => live.model(),
    since: (seq) => live.since(seq),
    subscribe: (listener) => live.subscribe(listener),
    connectNow: () => live.connectNow(),
    logs: live.logs,
    events: live.events,
    containers: createClusterContainers(live),
    images: live.images,
    networks: createClusterNetworks(live),
    volumes: createClusterVolumes(live),
    files,
    newer,
    deploys,
    projects: composed,
    stopWork() {
      files.stop();
      newer.stop();
      deploys.end();
      composed.end();
    },
    usage: live.usage,
    engines: live.engines,

    serviceDetail: (ref) => serviceDetail(ctx, ref),
    serviceEnv: (ref) => serviceEnv(ctx, ref),
    serviceRaw: (ref) => serviceRaw(ctx, ref),
    nodeDetail: (ref) => nodeDetail(ctx, ref),
    taskDetail: (id) => taskDetail(ctx, id),
    taskLastLines(id) {
      const kept = live.lastLines?.of(id) ?? null;
      if (kept === null) throw new AppError("not_found", t("logs.error.nothingKept", { id }));
      return kept;
    },
    earlierTasks: () => resources.earlierTasks(),
    stacks: async () => stackList(await partsOfStacks(resources, live.model())),
    stackDetail: async (name) => stackDetail(await partsOfStacks(resources, live.model()), name),
    rebuildStack: (name) => rebuildStack(ctx, name),
    secrets: () => resources.secrets(),
    configs: () => resources.configs(),
    configData: (ref) => configData(ctx, ref),

    scaleService: (caller, ref, input) => scaleService(ctx, caller, ref, input),
    serviceLogOptions: (ref) => serviceLogOptions(ctx, ref),
    serviceForm: (ref) => serviceForm(ctx, ref),
    createService: (caller, input) => createService(ctx, caller, input),
    previewCreate: (caller, input) => previewCreate(ctx, caller, input),
    exportService: (ref, as) => exportService(ctx, ref, as),
    previewService: (caller, ref, input) => previewService(ctx, caller, ref, input),
    editService: (caller, ref, input) => editService(ctx, caller, ref, input),
    restartService: (caller, ref, input) => restartService(ctx, caller, ref, input),
    redeployService: (caller, ref, input) => redeployService(ctx, caller, ref, input),
    removeService: (caller, ref, input) => removeService(ctx, caller, ref, input),
    rollbackService: (caller, ref, input) => rollbackService(ctx, caller, ref, input),
    continueUpdate: (caller, ref) => continueUpdate(ctx, caller, ref),
    listRevisions: (ref) => revisions.listRevisions(ctx, ref),
    revisionDetail: (ref, revision) => revisions.revisionDetail(ctx, ref, revision),
    revisionRaw: (ref, revision) => revisions.revisionRaw(ctx, ref, revision),
    revisionDiff: (ref, from, to) => revisions.revisionDiff(ctx, ref, from, to),
    listOperations: (filter) => listOperations(ctx, filter),
    operation: (id) => operationById(ctx, id),
    killTask: (caller, id, input) => {
      live.events.noteWrite({ kind: "task", ref: id, action: "task.kill", by: caller.name });
      return killTask(ctx, id, input);
    },
    patchNode: (caller, ref, input) => patchNode(ctx, caller, ref, input),
    removeNode: (caller, ref, input) => {
      live.events.noteWrite({ kind: "node", ref, action: "node.remove", by: caller.name });
      return removeNode(ctx, ref, input);
    },

    swarmSettings: () => swarm.swarmSettings(ctx),
    patchSwarm: (caller, input) => swarm.patchSwarm(ctx, caller, input),
    joinTokens: () => swarm.joinTokens(ctx),
    unlockKey: () => swarm.unlockKey(ctx),
    rotate: (caller, target) => swarm.rotate(ctx, caller, target),
    initSwarm: (_caller, input) => swarm.initSwarm(ctx, input),
    unlockSwarm: (_caller, key) => swarm.unlockSwarm(ctx, key),
    leaveSwarm: (_caller, input) => swarm.leaveSwarm(ctx, input),
  };
}
