import type { OperationId } from "#lib/shared/api/operations.ts";
import { peopleBodies, peopleInBrowser } from "./guard-people.ts";

/** Bodies that are valid and, for those who may, harmless on a swarm of one manager. */
export const bodies: Partial<Record<OperationId, unknown>> = {
  createFirstAccount: { code: "AAAA-BBBB-CCCC", name: "eve", password: "long enough words" },
  changePassword: { current: "not the password", next: "another long one" },
  scaleService: { replicas: 2 },
  redeployService: {},
  createWebhook: { kind: "service", object: "web", name: "CI" },
  previewService: { edits: [] },
  editService: { edits: [] },
  createService: { name: "guarded", edits: [] },
  patchNode: { availability: "drain" },
  patchSwarm: {},
  rotateSwarm: { target: "worker" },
  initSwarm: { advertiseAddr: "127.0.0.1" },
  rollbackService: { revision: 1 },
  createContainer: { node: "node1", image: "not/there:1" },
  tagImage: { tag: "guarded:1" },
  pullImage: { image: "127.0.0.1:1/not/there:1", nodes: ["node1"] },
  previewImagePrune: { what: "dangling" },
  pruneImages: { nodes: [{ id: "node1", images: [] }] },
  killContainer: { signal: "SIGTERM" },
  renameContainer: { name: "other" },
  createNetwork: { name: "guarded", driver: "bridge", node: "node1" },
  connectNetwork: { container: "not-there" },
  disconnectNetwork: { container: "not-there" },
  removeUnusedNetworks: { networks: [{ id: "not-there" }] },
  createSecret: { name: "guarded", data: "Z3VhcmRlZA==" },
  patchSecret: { labels: {} },
  rotateSecret: { data: "Z3VhcmRlZA==" },
  createConfig: { name: "guarded", data: "Z3VhcmRlZA==" },
  patchConfig: { labels: {} },
  rotateConfig: { data: "Z3VhcmRlZA==" },
  createRegistry: {
    name: "guarded",
    kind: "generic",
    address: "127.0.0.1:1",
    user: "u",
    password: "guarded",
  },
  patchRegistry: { name: "other" },
  testRegistry: {},
  updateNewerImages: { services: [{ service: "not-there", digest: `sha256:${"0".repeat(64)}` }] },
  createVolume: { node: "node1", name: "guarded" },
  removeUnusedVolumes: { volumes: [{ node: "node1", name: "not-there" }] },
  makeVolumeFolder: { path: "x" },
  renameVolumeFile: { path: "x", to: "y" },
  saveFilter: { page: "services", name: "mine", query: "q=web" },
  changeFilter: { name: "other" },
  rotateAgentJoin: { hours: null },
  addCluster: { name: "guarded" },
  patchCluster: { name: "renamed" },
  unlockSwarm: { key: "SWMKEY-1-not-the-key" },
  ...peopleBodies,
};

/** What only a person in a browser has: a token is refused, whatever its role. */
const ownThings = [
  "changePassword", "listSessions", "endSession", "endAllSessions",
  "listFilters", "saveFilter", "changeFilter", "deleteFilter",
]; // biome-ignore format: by area
export const onlyInBrowser: ReadonlySet<string> = new Set([...ownThings, ...peopleInBrowser]);
