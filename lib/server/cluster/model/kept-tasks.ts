import type { WireTask, WireTaskTemplate } from "#lib/server/docker/wire.ts";
import { sameValue } from "#lib/shared/same-value.ts";

/**
 * Tasks of one service as they are kept: without what nobody asks the picture for, and with the specification, which most
 * tasks of a service have in common, once for all of them. An engine tells it with every task, earlier ones too: at 20,000
 * running tasks that would be most of the server's memory.
 */
export function keptTasks(read: readonly WireTask[], before: readonly WireTask[]): readonly WireTask[] {
  const known = new Map(before.map((task) => [task.ID, task]));
  const specs = [...new Set(before.map(({ Spec }) => Spec))];
  const shared = (spec: WireTaskTemplate | undefined) => {
    const found = specs.find((each) => sameValue(each, spec));
    if (found === undefined) specs.push(spec);
    return found ?? spec;
  };
  return read.map((task) => {
    const { NetworksAttachments: _, Spec, ...rest } = task ?? {};
    const old = known.get(rest.ID);
    const isSame = old?.Version?.Index !== undefined && old.Version.Index === rest.Version?.Index;
    const kept = isSame ? old.Spec : shared(Spec);
    return kept === undefined ? rest : { ...rest, Spec: kept };
  });
}
