import { amountOf } from "#lib/server/docker/hostile.ts";
import { parseImage } from "#lib/server/docker/image-name.ts";
import { modeOf } from "#lib/server/docker/map-service.ts";
import type { WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { OperationChange, OperationKind } from "#lib/shared/api/history.ts";
import { parseExactly } from "#lib/shared/lossless-json.ts";
import { sameValue } from "#lib/shared/same-value.ts";

/** What the change from one specification (JSON text) to another is about. */
export function changeFacts(before: string, after: string): OperationChange {
  const [from, to] = [parse(before), parse(after)];
  const exact = (text: string) => (parseExactly(text) ?? {}) as WireServiceSpec;
  const [a, b] = [exact(before), exact(after)];
  return {
    fromImage: versionOf(from),
    toImage: versionOf(to),
    fromReplicas: replicasOf(from),
    toReplicas: replicasOf(to),
    // Swarm replaces a task also when the ports it was made for are others.
    replacesTasks:
      !sameValue(a.TaskTemplate, b.TaskTemplate) || !sameValue(a.EndpointSpec ?? {}, b.EndpointSpec ?? {}),
  };
}

/** What a change that was made elsewhere is, by what is different. */
export function kindOfChange(before: string, after: string, change: OperationChange): OperationKind {
  const { fromReplicas, toReplicas, replacesTasks } = change;
  if (!replacesTasks) return fromReplicas === toReplicas ? "update" : "scale";
  return fromReplicas === toReplicas && sameValue(withoutCounter(before), withoutCounter(after))
    ? "restart"
    : "update";
}

function withoutCounter(text: string): unknown {
  const spec = (parseExactly(text) ?? {}) as WireServiceSpec;
  const { ForceUpdate: _counter, ...template } = spec.TaskTemplate ?? {};
  return { ...spec, TaskTemplate: template };
}

function parse(text: string): WireServiceSpec {
  return (JSON.parse(text) ?? {}) as WireServiceSpec;
}

/** The tag, or the end of the digest, or the name: the shortest that tells two images apart. */
function versionOf(spec: WireServiceSpec): string | null {
  const image = parseImage(spec.TaskTemplate?.ContainerSpec?.Image);
  if (image.name === "") return null;
  return image.tag ?? image.digest?.slice(0, 19) ?? image.name;
}

function replicasOf(spec: WireServiceSpec): number | null {
  if (modeOf(spec.Mode) !== "replicated") return null;
  return spec.Mode?.Replicated?.Replicas == null ? 1 : amountOf(spec.Mode.Replicated.Replicas);
}
