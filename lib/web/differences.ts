/** What `change` alters about `before`, for an audit row: `{ role: { from, to } }`. What stays the same is left out. */
export function differences<Thing extends object>(
  before: Thing,
  change: { readonly [Key in keyof Thing]?: Thing[Key] | undefined },
): Record<string, { from: unknown; to: unknown }> {
  const facts: Record<string, { from: unknown; to: unknown }> = {};
  for (const [key, to] of Object.entries(change)) {
    const from = before[key as keyof Thing];
    if (to !== undefined && JSON.stringify(to) !== JSON.stringify(from)) facts[key] = { from, to };
  }
  return facts;
}
