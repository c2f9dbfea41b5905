import type { ServicePlan } from "./demo-services.ts";

const stacks = "shop pay feed media auth edge chat data".split(" ");
const roles = ["api", "worker", "store", "queue"] as const;

/**
 * Services that fill a bigger demo: what is asked for beyond the three stacks, spread over eight more stacks of four
 * services, some with a few tasks and some with many.
 */
export function crowd(
  wanted: { readonly nodes: number; readonly tasks: number },
  always: readonly ServicePlan[],
): ServicePlan[] {
  const base = always.reduce(
    (sum, { replicas }) => sum + (replicas === "global" ? wanted.nodes : replicas),
    0,
  );
  const rest = wanted.tasks - base;
  if (rest < 10) return [];
  const plans = stacks.flatMap((stack) => roles.map((role) => ({ stack, role })));
  // 1, 2, 3, 4, 1, 2, … parts: a skewed crowd is what real clusters look like.
  const parts = plans.reduce((sum, _, index) => sum + partOf(index), 0);
  return plans.map(({ stack, role }, index) => ({
    name: role,
    stack,
    image: role === "api" ? "ghcr.io/acme/api:2.8.0" : `ghcr.io/acme/${stack}-${role}:1.${index}`,
    replicas: Math.max(1, Math.round((rest * partOf(index)) / parts)),
    cpus: 0.05,
    memory: 0.1,
    checked: role === "api",
  }));
}

function partOf(index: number): number {
  return 1 + ((index * 3) % 7);
}
