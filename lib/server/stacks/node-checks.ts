import { bindPathExists } from "#lib/server/docker/bind-path.ts";
import { listOf, textOf } from "#lib/server/docker/hostile.ts";
import type { WireServiceSpec } from "#lib/server/docker/wire.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel, ServiceView } from "#lib/shared/model/types.ts";
import { eligibleNodes } from "#lib/shared/placement.ts";
import type { StackProblem } from "#lib/shared/stacks/types.ts";
import type { LinkedNode, NodeEngines } from "../cluster/nodes/node-engines.ts";

/** A service as a deploy would write it. */
export interface WrittenService {
  readonly view: ServiceView;
  /** Its specification, a JSON text. */
  readonly spec: string;
}

/** What a node must have, and how it is asked for it. */
interface Need {
  readonly what: string;
  readonly isThere: (node: LinkedNode) => Promise<boolean>;
  readonly words: "deploy.preflight.path" | "deploy.preflight.image";
}

/** More questions than this no plan asks, whatever a file wants on however many nodes. */
const mostQuestions = 200;

/**
 * What these services need of their nodes and is not there: paths of the host that they mount, and images that no registry
 * has told a digest of. Only nodes with a link can be asked; what one does not tell is not known, and not said.
 */
export async function missingOnNodes(
  model: ClusterModel,
  engines: Pick<NodeEngines, "all">,
  services: readonly WrittenService[],
): Promise<readonly StackProblem[]> {
  const linked = engines.all().filter((node): node is LinkedNode => node.engine !== null);
  const asked = new Map<string, Promise<boolean>>();
  const ask = (node: LinkedNode, need: Need) => {
    const key = `${need.words} ${node.id} ${need.what}`;
    const known = asked.get(key);
    if (known !== undefined) return known;
    if (asked.size >= mostQuestions) return Promise.resolve(true);
    const answer = need.isThere(node).catch((error: unknown) => {
      if (isAppError(error)) return true;
      throw error;
    });
    asked.set(key, answer);
    return answer;
  };
  const problems = services.flatMap(({ view, spec }) => {
    const places = new Set(eligibleNodes(model, view).map(({ id }) => id));
    const nodes = linked.filter(({ id }) => places.has(id));
    return needsOf(spec).map(async (need) => {
      const found = await Promise.all(nodes.map((node) => ask(node, need)));
      const missing = nodes.filter((_, index) => !found[index]).map((node) => node.name);
      return missing.length === 0 ? [] : [problem(view.name, need, missing)];
    });
  });
  return (await Promise.all(problems)).flat();
}

function needsOf(spec: string): readonly Need[] {
  const { TaskTemplate } = JSON.parse(spec) as WireServiceSpec;
  const mounts = listOf(TaskTemplate?.ContainerSpec?.Mounts) as readonly {
    readonly Type?: string;
    readonly Source?: string;
  }[];
  const paths = mounts.flatMap((mount) => (mount?.Type === "bind" ? [textOf(mount.Source)] : []));
  const image = textOf(TaskTemplate?.ContainerSpec?.Image);
  return [
    ...paths.map((what) => ({
      what,
      words: "deploy.preflight.path" as const,
      isThere: ({ engine, signal }: LinkedNode) => bindPathExists(engine, what, signal),
    })),
    // With a digest every node can pull it, as the manager could ask for it.
    ...(image === "" || image.includes("@")
      ? []
      : [{ what: image, words: "deploy.preflight.image" as const, isThere: hasImage(image) }]),
  ];
}

function hasImage(image: string) {
  const path = `/images/${encodeURIComponent(image).replaceAll("%2F", "/").replaceAll("%3A", ":")}/json`;
  return async ({ engine, signal }: LinkedNode): Promise<boolean> => {
    try {
      await engine.getText(path, { signal });
      return true;
    } catch (error) {
      if (isAppError(error) && error.code === "not_found") return false;
      throw error;
    }
  };
}

function problem(name: string, { what, words }: Need, nodes: readonly string[]): StackProblem {
  return {
    severity: "warning",
    message: t(words, { name, what, nodes: nodes.join(", ") }),
    file: null,
    line: null,
  };
}
