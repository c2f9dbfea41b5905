/** The entity a path names by id or by name, as the picture has it; undefined when it has none. */
export function byRef<Entity extends { readonly id: string; readonly name: string }>(
  entities: Readonly<Record<string, Entity>>,
  ref: string,
): Entity | undefined {
  return entities[ref] ?? Object.values(entities).find(({ name }) => name === ref);
}
