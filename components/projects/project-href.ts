/** Which project: a name is unique on its engine only. */
export interface ProjectAddress {
  readonly name: string;
  /** Left out: the only engine there is. */
  readonly node: string | null;
}

/** `?node=…`, or nothing. */
export function nodeQuery(node: string | null): string {
  return node === null ? "" : `?node=${encodeURIComponent(node)}`;
}

/** The address of a project in pages and in the API, below the cluster; `below`: "/versions". */
export function projectPath({ name, node }: ProjectAddress, below = ""): string {
  return `/projects/${encodeURIComponent(name)}${below}${nodeQuery(node)}`;
}
