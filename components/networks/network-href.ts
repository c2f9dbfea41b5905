export type Href = (path: string) => string;

/** The address of a network's page. `ref`: its name, or its id where that is not unique; `node`: where it was seen. */
export function networkHref(href: Href, ref: string, node: string | null): string {
  const path = `/networks/${encodeURIComponent(ref)}`;
  return href(node === null ? path : `${path}?node=${encodeURIComponent(node)}`);
}
