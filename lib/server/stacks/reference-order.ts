import { jsonAt, jsonItems, withJsonAt } from "#lib/shared/lossless-json.ts";

const container = ["TaskTemplate", "ContainerSpec"];
const lists = [
  { path: [...container, "Secrets"], name: "SecretName" },
  { path: [...container, "Configs"], name: "ConfigName" },
] as const;

/**
 * A service's specification with its references to secrets and configs in the order that it has now (`live`). The docker
 * command sorts them by name, and leaves those to one and the same in any order, another one each time: every second deploy
 * of a service that has a secret at two paths would replace its tasks for nothing.
 */
export function withKeptOrder(spec: string, live: string | null): string {
  let ordered = spec;
  for (const { path, name } of lists) {
    const items = jsonItems(jsonAt(spec, path) ?? "[]");
    const keys = items.map((item) => textAt(item, [name]));
    if (new Set(keys).size === items.length) continue;
    const before = jsonItems(jsonAt(live ?? "{}", path) ?? "[]").map(targetOf);
    const rank = (item: string) => before.indexOf(targetOf(item)) + 1 || before.length + 1;
    const sorted = [...items].sort(
      (a, b) =>
        keys.indexOf(textAt(a, [name])) - keys.indexOf(textAt(b, [name])) ||
        rank(a) - rank(b) ||
        (targetOf(a) < targetOf(b) ? -1 : 1),
    );
    if (sorted.some((item, i) => item !== items[i]))
      ordered = withJsonAt(ordered, path, `[${sorted.join(",")}]`);
  }
  return ordered;
}

const targetOf = (item: string) => textAt(item, ["File", "Name"]);

function textAt(item: string, path: readonly string[]): string {
  return String(JSON.parse(jsonAt(item, path) ?? '""'));
}
