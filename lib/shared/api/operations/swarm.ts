import type { Operation } from "../operation.ts";
import * as schemas from "../schemas.ts";

const swarm = "/clusters/{cluster}/swarm";

/** The swarm itself: settings, tokens, membership. */
export const swarmOperations = {
  getSwarm: { method: "GET", path: swarm, permission: "swarm.read", summary: "Swarm settings" },
  patchSwarm: {
    method: "PATCH",
    path: swarm,
    permission: "swarm.settings",
    summary: "Change swarm settings",
    body: schemas.swarmPatchBody,
    audit: "swarm.update",
  },
  getJoinTokens: {
    method: "GET",
    path: `${swarm}/join-tokens`,
    permission: "swarm.tokens",
    summary: "Join commands for workers and managers (audited)",
    audit: "swarm.tokens",
  },
  getUnlockKey: {
    method: "GET",
    path: `${swarm}/unlock-key`,
    permission: "swarm.tokens",
    summary: "The unlock key while autolock is on (audited)",
    audit: "swarm.unlockKey",
  },
  rotateSwarm: {
    method: "POST",
    path: `${swarm}/rotate`,
    permission: "swarm.settings",
    summary: "Rotate a join token, the unlock key or the CA",
    body: schemas.rotateBody,
    audit: "swarm.rotate",
  },
  initSwarm: {
    method: "POST",
    path: `${swarm}/init`,
    permission: "swarm.init",
    summary: "Start a swarm on this engine",
    body: schemas.swarmInitBody,
    audit: "swarm.init",
  },
  unlockSwarm: {
    method: "POST",
    path: `${swarm}/unlock`,
    permission: "swarm.unlock",
    summary: "Unlock a locked manager",
    body: schemas.swarmUnlockBody,
    audit: "swarm.unlock",
  },
  leaveSwarm: {
    method: "POST",
    path: `${swarm}/leave`,
    permission: "swarm.leave",
    summary: "Make the server's own engine leave the swarm",
    body: schemas.swarmLeaveBody,
    audit: "swarm.leave",
  },
} as const satisfies Record<string, Operation>;
