import "#lib/shared/i18n/pages/all.ts";
import { join } from "node:path";
import type { Logger } from "pino";
import { createAuditLog } from "#lib/server/audit/audit-log.ts";
import { createAuditReader } from "#lib/server/audit/audit-reader.ts";
import { createAuth } from "#lib/server/auth/auth-service.ts";
import { configuredEngines } from "#lib/server/cluster/engine-candidates.ts";
import { type RunningRegistry, startRegistry } from "#lib/server/cluster/registry.ts";
import type { Config } from "#lib/server/config/config.ts";
import { auditTable } from "#lib/server/db/audit.ts";
import { auditSearch } from "#lib/server/db/audit-search.ts";
import { clustersTable } from "#lib/server/db/clusters.ts";
import { eventsTable } from "#lib/server/db/events.ts";
import { historyTables } from "#lib/server/db/history.ts";
import { loadKeys } from "#lib/server/db/keys.ts";
import { lastLinesTable } from "#lib/server/db/last-lines.ts";
import { lockDataDir } from "#lib/server/db/lock.ts";
import { openDatabase } from "#lib/server/db/open.ts";
import { projectsTable } from "#lib/server/db/projects.ts";
import { registriesTable } from "#lib/server/db/registries.ts";
import { savedFiltersTable } from "#lib/server/db/saved-filters.ts";
import { serviceColorsTable } from "#lib/server/db/service-colors.ts";
import { stacksTables } from "#lib/server/db/stacks.ts";
import { webhooksTable } from "#lib/server/db/webhooks.ts";
import { clearRunFolders } from "#lib/server/docker-cli/run-folder.ts";
import { createSavedFilters } from "#lib/server/filters/saved-filters.ts";
import type { UpgradeRoute } from "#lib/server/http/upgrade-router.ts";
import { createHub } from "#lib/server/live/hub.ts";
import { registryKey } from "#lib/server/registries/key-file.ts";
import { createRegistries } from "#lib/server/registries/registries.ts";
import type { Runtime } from "#lib/server/runtime-types.ts";
import { createConsoles } from "#lib/server/terminal/consoles.ts";
import { createTerminalSocket } from "#lib/server/terminal/terminal-socket.ts";
import { createAgentAdmin } from "#lib/server/tunnel/agent-admin.ts";
import { ownCluster } from "#lib/server/tunnel/cluster-names.ts";
import { startTunnel } from "#lib/server/tunnel/start-tunnel.ts";
import { createWebhooks } from "#lib/server/webhooks/webhooks.ts";
import { agentPath } from "#lib/shared/agent/protocol.ts";

/** The services of this process, wired and running, and how to end them. */
export interface StartedRuntime {
  readonly runtime: Runtime;
  /** Paths of sockets and who serves them. */
  readonly sockets: ReadonlyMap<string, { readonly route: UpgradeRoute; readonly machines: boolean }>;
  /** The one-time code for the first account; null once there is one. */
  setupCode(): string | null;
  /** Ends live sockets and everything that watches engines; answers to running requests still work. */
  stopLive(): Promise<void>;
  /** Closes the database and gives the data folder free. The last step. */
  closeData(): void;
}

/**
 * The composition root: builds every service, applies the configured admin password and puts the Runtime
 * where Next's side finds it. Throws DataError when the data folder cannot be used.
 */
export async function startRuntime(
  config: Config,
  log: Logger,
  { build, version }: { readonly build: string; readonly version: string },
): Promise<StartedRuntime> {
  const lock = lockDataDir(config.dataDir);
  const db = openDatabase(config.dataDir);
  const audit = createAuditLog(auditTable(db), log.child({ module: "audit" }));
  const auth = createAuth({ db, audit, log: log.child({ module: "auth" }) });
  if (config.adminPassword !== null) {
    const { name, done } = await auth.applyAdminPassword(config.adminPassword);
    log.info({ account: name, done }, "configured admin password applied");
  }
  const clusterTable = clustersTable(db);
  const named = clusterTable.list();
  const tunnel = startTunnel({
    db,
    clusters: clusterTable,
    joinKey: config.joinKey,
    version,
    clusterName: (id) => clusters.list().find((each) => each.id === id)?.name ?? id,
    log: log.child({ module: "tunnel" }),
  });
  const workDir = join(config.dataDir, "deploys");
  clearRunFolders(workDir);
  const ownName = named.find(({ id }) => id === ownCluster)?.name;
  const registries = createRegistries({
    table: registriesTable(db),
    key: () => registryKey(config.dataDir),
    now: Date.now,
    log: log.child({ module: "registries" }),
  });
  const clusters: RunningRegistry = await startRegistry({
    local: {
      id: ownCluster,
      ...(ownName !== undefined && { name: ownName }),
      engines: config.agentsOnly ? [] : configuredEngines(config),
      certPath: config.engineCertPath,
      colors: serviceColorsTable(db),
      history: historyTables(db),
      events: eventsTable(db),
      lastLines: lastLinesTable(db),
      log: log.child({ module: "cluster" }),
    },
    stacks: {
      tables: stacksTables(db),
      sealKey: loadKeys(db).stackFilesKey,
      workDir,
      dockerCli: config.dockerCli,
      audit,
    },
    projects: {
      table: projectsTable(db),
      sealKey: loadKeys(db).stackFilesKey,
      workDir,
      dockerCli: config.dockerCli,
    },
    others: named.filter(({ id }) => id !== ownCluster),
    agents: tunnel.agents.list,
    demo: config.demo,
    registryAuthFor: registries.registryAuthFor,
    operatorHostAccess: config.operatorHostAccess,
  });
  tunnel.agents.listen(clusters.agentListener);
  const agents = createAgentAdmin({
    tunnel, clusters, table: clusterTable, accessChanged: auth.accessChanged, version, now: Date.now,
  }); // biome-ignore format: one line
  const hub = createHub({ auth, clusters, build, log: log.child({ module: "live" }) });
  const consoles = createConsoles({ auth, clusters, audit, log: log.child({ module: "terminal" }) });
  const terminal = createTerminalSocket({ auth, consoles, audit, log: log.child({ module: "terminal" }) });
  const stopAuthWatch = auth.watch();
  const filters = createSavedFilters(savedFiltersTable(db));
  const webhooks = createWebhooks({
    table: webhooksTable(db), pepper: loadKeys(db).webhookPepper, clusters, now: Date.now,
  }); // biome-ignore format: one line
  const auditReader = createAuditReader(auditSearch(db));
  const { people } = auth;
  const runtime: Runtime = {
    build, log, auth, people, audit, auditReader, clusters, filters, agents, registries, consoles, webhooks,
  }; // biome-ignore format: one line
  (globalThis as { [key: symbol]: unknown })[Symbol.for("shoal.runtime")] = runtime;

  return {
    runtime,
    sockets: new Map([
      ["/ws", { route: hub.route, machines: false }],
      ["/ws/terminal", { route: terminal.route, machines: false }],
      [agentPath, { route: tunnel.route, machines: true }],
    ]),
    setupCode: auth.setupCode,
    async stopLive() {
      hub.close();
      await consoles.stop();
      terminal.close();
      stopAuthWatch();
      tunnel.stop();
      await clusters.stop();
    },
    closeData() {
      db.close();
      lock.release();
    },
  };
}
