/** The page of another cluster that stands for the one at `path`: the same list, never somebody else's object. */
export function samePage(path: string, cluster: string): string {
  const [, page = "map"] = /^\/c\/[^/]+\/([a-z]+)/.exec(path) ?? [];
  return `/c/${encodeURIComponent(cluster)}/${page}`;
}
