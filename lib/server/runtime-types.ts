import type { Logger } from "pino";
import type { ClusterImages } from "#lib/server/cluster/images/cluster-images.ts";
import type { NewerWatch } from "#lib/server/cluster/images/newer-images.ts";
import type { NodeEngines } from "#lib/server/cluster/nodes/node-engines.ts";
import type { EventQuery } from "#lib/server/db/events.ts";
import type { ClusterLogs } from "#lib/server/logs/cluster-logs.ts";
import type { ClusterProjects } from "#lib/server/project-types.ts";
import type { ClusterUsage } from "#lib/server/usage/cluster-usage.ts";
import type { Access } from "#lib/shared/access.ts";
import type { FilterPage, SavedFilter } from "#lib/shared/api/filter-schemas.ts";
import type {
  OperationDetail, OperationState, OperationView, RevisionDetail, RevisionDiff, RevisionList,
} from "#lib/shared/api/history.ts"; // biome-ignore format: one block
import type { TaskLastLines } from "#lib/shared/api/last-lines.ts";
import type {
  ConfigData, ConfigItem, RebuiltStackFile, SecretItem, StackDetail, StackItem,
} from "#lib/shared/api/resource-types.ts"; // biome-ignore format: one block
import type {
  JoinTokens, NodeDetail, ServiceDetail, SessionInfo, SwarmSettings, TaskDetail, WriteAnswer,
} from "#lib/shared/api/types.ts"; // biome-ignore format: one block
import type { ClusterEvent, EventPage } from "#lib/shared/events/types.ts";
import type { ClusterDelta } from "#lib/shared/model/reducer.ts";
import type { ClusterInfo, ClusterModel, NodeView, ServiceView, TaskView } from "#lib/shared/model/types.ts";
import type { AccessRole } from "#lib/shared/roles.ts";
import type { ServiceChange, ServiceCreate } from "#lib/shared/services/edit-schemas.ts";
import type { CreationPreview, ServiceForm, ServicePreview } from "#lib/shared/services/types.ts";
import type { NewWebhook, WebhookItem, WebhookKind } from "#lib/shared/webhooks/types.ts";
import type { AgentAdmin } from "./agent-types.ts";
import type { ClusterContainers } from "./container-types.ts";
import type { ClusterFiles } from "./file-types.ts";
import type { ClusterNetworks } from "./network-types.ts";
import type { AuditReader, PeopleService } from "./people-types.ts";
import type { Registries } from "./registries/registries.ts";
import type { ClusterStacks } from "./stack-types.ts";
import type { Consoles } from "./terminal/consoles.ts";
import type { ClusterVolumes } from "./volume-types.ts";

/**
 * What the server offers to Next's side (lib/web) and to its own sockets. One object per process, built by
 * runtime.ts, found through `globalThis[Symbol.for("shoal.runtime")]`.
 */
export interface Runtime {
  readonly build: string;
  readonly log: Logger;
  readonly auth: AuthService;
  readonly audit: AuditLog;
  readonly auditReader: AuditReader;
  readonly people: PeopleService;
  readonly clusters: ClusterRegistry;
  readonly filters: SavedFilters;
  readonly agents: AgentAdmin;
  readonly registries: Registries;
  readonly consoles: Pick<Consoles, "prepare">;
  readonly webhooks: WebhookService;
}

/** What a call to a webhook has begun. */
export interface WebhookCall {
  /** Of the service or the stack. */
  readonly name: string;
  /** Follows the tasks of a service. */
  readonly operation: number | null;
  /** The deploy of a stack. */
  readonly version: number | null;
  readonly warnings: readonly string[];
}

/** Inbound webhooks. */
export interface WebhookService {
  list(
    cluster: string,
    filter: { kind?: WebhookKind | undefined; object?: string | undefined },
  ): readonly WebhookItem[];
  /** Throws not_found, and conflict when there are too many. */
  create(
    caller: Caller,
    cluster: string,
    input: { kind: WebhookKind; object: string; name: string },
  ): Promise<NewWebhook>;
  /** Answers what was removed. Throws not_found. */
  remove(cluster: string, id: string): WebhookItem;
  /** `began` hears who acts, where and on what before anything is done. Throws unauthenticated and slow_down. */
  call(
    token: string,
    address: string,
    input: { tag?: string | undefined },
    began: (caller: Caller, cluster: string, object: string) => void,
  ): Promise<WebhookCall>;
}

/** Who is asking, and from where. Made by `auth.authenticate`, handed to every action for audit and revisions. */
export interface Caller {
  readonly userId: string;
  readonly name: string;
  /** In the cluster that the call is about; everywhere, where it is about none. */
  readonly role: AccessRole;
  readonly access: Access;
  readonly via: "session" | "token" | "webhook";
  /** Session or token id. */
  readonly credentialId: string;
  readonly address: string;
}

export interface RequestFacts {
  readonly cookie: string | null;
  readonly authorization: string | null;
  readonly address: string;
}

export interface AuthService {
  /** The key of the session cookie, for next-auth alone. */
  readonly sessionSecret: string;
  /** Session cookie or `Authorization: Bearer shoal_…`; null when there is none or it is no longer valid. */
  authenticate(facts: RequestFacts): Promise<Caller | null>;
  /** True until the first account exists. */
  needsSetup(): boolean;
  /** Makes the first admin. Throws invalid_input (wrong code), already_done, slow_down. */
  setup(input: { code: string; name: string; password: string }, address: string): Promise<void>;
  /**
   * Checks name, password and, where the account has a second factor, its code. Throws wrong_credentials,
   * slow_down (details.retryAfterSeconds), and after the right password code_needed or wrong_code.
   */
  signIn(
    input: { name: string; password: string; code?: string },
    address: string,
  ): Promise<{ userId: string; name: string }>;
  /** Opens a session row and answers its id, to be carried in next-auth's JWT as `sid`. */
  openSession(userId: string, facts: { address: string; userAgent: string }): string;
  /** The user behind a live session id, and what it may do; null when there is none. */
  sessionUser(sid: string): Pick<Caller, "userId" | "name" | "role" | "access"> | null;
  endSession(sid: string): void;
  listSessions(caller: Caller): readonly SessionInfo[];
  endOwnSession(caller: Caller, id: string): void;
  endAllSessions(caller: Caller): void;
  changePassword(caller: Caller, input: { current: string; next: string }): Promise<void>;
  /** Calls back when a credential ends, so that sockets close at once. Returns the unsubscribe function. */
  onCredentialEnd(listener: (credentialId: string) => void): () => void;
  /** Calls back when somebody may do more or less than before, so that it holds at once. Returns the unsubscribe function. */
  onAccessChange(listener: (credentialId: string, access: Access) => void): () => void;
}

export interface AuditEntry {
  readonly action: string;
  readonly caller: Pick<Caller, "userId" | "name" | "role" | "via"> | null;
  readonly address: string;
  /** `service web_api`, `node swarm-3`; never a secret. */
  readonly object: string;
  readonly cluster: string | null;
  readonly result: "ok" | "denied" | "failed";
  /** Small JSON facts: replicas 3 → 5, error code. Never secrets, never env values. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface AuditLog {
  write(entry: AuditEntry): void;
  /**
   * Writes a row before something is changed, so that a server that dies in between has not lost it. Call what it
   * answers with the outcome.
   */
  begin(
    entry: Omit<AuditEntry, "result">,
  ): (outcome: Pick<AuditEntry, "object" | "result" | "facts">) => void;
}

export interface ClusterRegistry {
  list(): readonly ClusterInfo[];
  /** Throws not_found. */
  get(id: string): Cluster;
  /** The cluster that the home page shows: the demo only while it runs and no engine answers. Null: there is none. */
  home(): string | null;
  /** The same as far as somebody may see it: a hidden cluster is not found, as one that does not exist. */
  seenBy(access: Access): ClusterRegistry;
  /** Starts the demo cluster if it is offered; answers its id. Throws not_found where it is not. */
  openDemo(): Promise<string>;
}

/** The views people saved for themselves. Throws forbidden for a token, which is nobody. */
export interface SavedFilters {
  list(caller: Caller, page?: FilterPage): readonly SavedFilter[];
  /** Adds, or replaces the one with the same name. */
  save(caller: Caller, filter: Omit<SavedFilter, "id">): SavedFilter;
  rename(caller: Caller, id: string, name: string): SavedFilter;
  remove(caller: Caller, id: string): void;
}

/** What happened in one cluster, kept for a day. */
export interface ClusterEvents {
  /** Newest first. */
  list(query: EventQuery): EventPage;
  /** Calls with every batch that was written down. Returns the unsubscribe function. */
  subscribe(listener: (events: readonly ClusterEvent[]) => void): () => void;
}

/** One cluster: its live picture, reads on demand, and writes. Every method may throw AppError. */
export interface Cluster {
  readonly id: string;
  /** The present picture. */
  model(): ClusterModel;
  /** The deltas that lead from the picture `seq` to the present one; null when only a whole picture will do. */
  since(seq: number): readonly ClusterDelta[] | null;
  /** Deltas from now on, in order, batched 100–250 ms. While anybody is subscribed the cluster looks for changes
   * on unlinked nodes. Returns the unsubscribe function. */
  subscribe(listener: (delta: ClusterDelta, model: ClusterModel) => void): () => void;
  connectNow(): void;
  readonly logs: ClusterLogs;
  /** CPU, memory, network and disk traffic, as far as nodes tell. */
  readonly usage: Pick<ClusterUsage, "whole" | "watch">;
  /** What happened in the last day. */
  readonly events: ClusterEvents;
  readonly containers: ClusterContainers;
  readonly images: Omit<ClusterImages, "changed" | "stop">;
  /** Services whose tag names something newer in its registry. */
  readonly newer: Pick<NewerWatch, "get" | "check" | "update">;
  readonly networks: ClusterNetworks;
  readonly volumes: ClusterVolumes;
  /** Secrets and configs. */
  readonly files: ClusterFiles;
  /** Deploys of stacks, and their versions. */
  readonly deploys: ClusterStacks;
  /** Compose projects of its engines. */
  readonly projects: ClusterProjects;
  /** The engines of the nodes, for what only a node itself can do. */
  readonly engines: NodeEngines;

  /** `ref` is an id or a unique name everywhere below. */
  serviceDetail(ref: string): Promise<ServiceDetail>;
  serviceEnv(ref: string): Promise<readonly string[]>;
  /** The engine's JSON text, unchanged. */
  serviceRaw(ref: string): Promise<string>;
  nodeDetail(ref: string): Promise<NodeDetail>;
  taskDetail(id: string): Promise<TaskDetail>;
  /** How a task failed and what it wrote last, as it was kept then. Throws not_found. */
  taskLastLines(id: string): TaskLastLines;
  /** Tasks that are over, newest first, as far as the swarm remembers them. One call for everybody who looks. */
  earlierTasks(): Promise<readonly TaskView[]>;
  stacks(): Promise<readonly StackItem[]>;
  stackDetail(name: string): Promise<StackDetail>;
  /** A compose file of what runs; with the environment in it. */
  rebuildStack(name: string): Promise<RebuiltStackFile>;
  secrets(): Promise<readonly SecretItem[]>;
  configs(): Promise<readonly ConfigItem[]>;
  configData(ref: string): Promise<ConfigData>;

  scaleService(
    caller: Caller,
    ref: string,
    input: { replicas: number; confirm?: string },
  ): Promise<WriteAnswer<ServiceView>>;
  /** With their values, which may be secret. */
  serviceLogOptions(ref: string): Promise<Readonly<Record<string, string>>>;
  serviceForm(ref: string): Promise<ServiceForm>;
  createService(caller: Caller, input: ServiceCreate): Promise<WriteAnswer<ServiceView>>;
  previewCreate(caller: Caller, input: ServiceCreate): Promise<CreationPreview>;
  exportService(ref: string, as: "cli" | "compose"): Promise<string>;
  previewService(caller: Caller, ref: string, input: ServiceChange): Promise<ServicePreview>;
  editService(
    caller: Caller,
    ref: string,
    input: ServiceChange & { readonly confirm?: string | undefined },
  ): Promise<WriteAnswer<ServiceView>>;
  restartService(caller: Caller, ref: string, input: { confirm?: string }): Promise<WriteAnswer<ServiceView>>;
  /** Replaces all tasks with what the tag of the image (or another one) stands for now. */
  redeployService(
    caller: Caller,
    ref: string,
    input: { readonly tag?: string | undefined; readonly confirm?: string | undefined },
  ): Promise<WriteAnswer<ServiceView>>;
  removeService(caller: Caller, ref: string, input: { confirm?: string }): Promise<void>;
  rollbackService(
    caller: Caller,
    ref: string,
    input: { revision: number; current?: number; confirm?: string },
  ): Promise<WriteAnswer<ServiceView>>;
  continueUpdate(caller: Caller, ref: string): Promise<WriteAnswer<ServiceView>>;
  listRevisions(ref: string): Promise<RevisionList>;
  revisionDetail(ref: string, revision: number): Promise<RevisionDetail>;
  /** The engine's exact JSON text. */
  revisionRaw(ref: string, revision: number): Promise<string>;
  revisionDiff(ref: string, from: number, to: number): Promise<RevisionDiff>;
  /** Newest first. `service` is an id or a name. */
  listOperations(filter: OperationQuery): readonly OperationView[];
  /** Throws not_found. */
  operation(id: string): OperationDetail;
  killTask(caller: Caller, id: string, input: { confirm?: string }): Promise<WriteAnswer<never>>;
  patchNode(caller: Caller, ref: string, input: NodePatch): Promise<WriteAnswer<NodeView>>;
  removeNode(caller: Caller, ref: string, input: { force: boolean; confirm?: string }): Promise<void>;

  swarmSettings(): Promise<SwarmSettings>;
  patchSwarm(caller: Caller, input: SwarmPatch): Promise<SwarmSettings>;
  joinTokens(): Promise<JoinTokens>;
  unlockKey(): Promise<string>;
  rotate(caller: Caller, target: "worker" | "manager" | "unlock-key" | "ca"): Promise<void>;
  initSwarm(caller: Caller, input: { advertiseAddr: string; listenAddr?: string }): Promise<void>;
  unlockSwarm(caller: Caller, key: string): Promise<void>;
  leaveSwarm(caller: Caller, input: { force?: boolean; confirm?: string }): Promise<void>;
}

export interface OperationQuery {
  readonly service?: string;
  readonly state?: OperationState;
  readonly before?: number;
  readonly limit?: number;
}

export interface NodePatch {
  readonly availability?: "active" | "pause" | "drain";
  readonly role?: "manager" | "worker";
  readonly labels?: Readonly<Record<string, string>>;
  readonly labelsBefore?: Readonly<Record<string, string>>;
  readonly confirm?: string;
}

export interface SwarmPatch {
  readonly autolock?: boolean;
  readonly taskHistoryLimit?: number;
  readonly nodeCertExpiryHours?: number;
}
