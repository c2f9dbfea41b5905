import { type AgentScope, scopeAllows } from "#lib/shared/agent/scope.ts";
import type { Target } from "./request-target.ts";
import { type Rule, rules } from "./rules.ts";

/** The rule that lets a request pass, or why it does not; null where there is nothing to say but no. */
export type Found = { readonly rule: Rule } | { readonly why: string | null };

/** Finds what a scope says about a request. The caller judges the body. */
export function findRule(scope: AgentScope, method: string, target: Target): Found {
  const rule = rules.find((each) => each.method === method && matches(each.path, target.segments));
  if (rule === undefined || !scopeAllows(scope, rule.scope)) return { why: null };
  const unknown = [...target.query.keys()].find((key) => !rule.query?.includes(key));
  if (unknown !== undefined) return { why: `the query must not name ${unknown.slice(0, 40)}` };
  for (const [key, { like, required }] of Object.entries(rule.values ?? {})) {
    const value = target.query.get(key);
    if (value === undefined ? required : !like.test(value)) {
      return { why: value === undefined ? `the query must name ${key}` : `not with this ${key}` };
    }
  }
  return { rule };
}

function matches(pattern: string, segments: readonly string[]): boolean {
  const parts = pattern.slice(1).split("/");
  const image = parts.indexOf("{image}");
  if (image < 0) return parts.length === segments.length && same(parts, segments);
  const after = parts.length - image - 1;
  if (segments.length < parts.length) return false;
  return (
    same(parts.slice(0, image), segments.slice(0, image)) &&
    same(parts.slice(image + 1), segments.slice(segments.length - after))
  );
}

function same(parts: readonly string[], segments: readonly string[]): boolean {
  return parts.every((part, index) => part === "{id}" || part === segments[index]);
}
