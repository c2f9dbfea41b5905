import { jsonAt, jsonItems, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

const container = ["TaskTemplate", "ContainerSpec"];
const credential = [...container, "Privileges", "CredentialSpec", "Config"];
const keys = {
  secret: { list: [...container, "Secrets"], id: "SecretID", name: "SecretName" },
  config: { list: [...container, "Configs"], id: "ConfigID", name: "ConfigName" },
} as const;

/** Does a service's specification name it? */
export function namesFile(spec: string, kind: FileKind, id: string): boolean {
  return replaceFile(spec, kind, { id, name: "" }, { id: "", name: "" }) !== null;
}

/**
 * A service's specification with one secret or config in the place of another, wherever it names that; null where it does
 * not. Paths, owners and modes stay byte for byte, and so does everything else.
 */
export function replaceFile(spec: string, kind: FileKind, from: Named, to: Named): string | null {
  const { list, id, name } = keys[kind];
  const isFrom = (text: string | null) => text !== null && JSON.parse(text) === from.id;
  let isChanged = false;
  const items = jsonItems(jsonAt(spec, list) ?? "[]").map((item) => {
    if (!isFrom(jsonAt(item, [id]))) return item;
    isChanged = true;
    return withJsonAt(withJsonAt(item, [id], JSON.stringify(to.id)), [name], JSON.stringify(to.name));
  });
  let changed = isChanged ? withJsonAt(spec, list, `[${items.join(",")}]`) : spec;
  if (kind === "config" && isFrom(jsonAt(spec, credential))) {
    isChanged = true;
    changed = withJsonAt(changed, credential, JSON.stringify(to.id));
  }
  return isChanged ? changed : null;
}
