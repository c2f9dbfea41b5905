/**
 * What an agent lets its server do, set where the agent is deployed and enforced by the agent itself: each scope may
 * do everything the ones before it may. `exec` is the full scope: the engine without a filter.
 */
export const agentScopes = ["read", "operate", "exec"] as const;
export type AgentScope = (typeof agentScopes)[number];

/** May an agent with this scope do what asks for the scope `needed`? */
export function scopeAllows(scope: AgentScope, needed: AgentScope): boolean {
  return agentScopes.indexOf(scope) >= agentScopes.indexOf(needed);
}

/** What stands in place of a value that the scope `read` hides. */
export const maskedValue = "(masked by the agent)";
