"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Banner } from "#components/ui/banner.tsx";
import type { ContainerNode } from "#lib/shared/containers/types.ts";
import { formatAge } from "#lib/shared/format.ts";
import { type MessageKey, t } from "#lib/shared/i18n/translate.ts";

/** What is said of a node that did not answer yet, and of one that does not any more. */
export interface SilentWords {
  readonly never: MessageKey;
  readonly old: MessageKey;
}

const plainWords: SilentWords = { never: "containers.silent.never", old: "containers.silent.old" };

export interface SilentNodesProps {
  nodes: readonly ContainerNode[];
  /** Left out: nothing of them is shown, or what they said before. */
  words?: SilentWords | undefined;
}

/** One line per node that does not answer: why, and how old what is shown of it is. */
export function SilentNodes({ nodes, words = plainWords }: SilentNodesProps) {
  const { now } = useCluster();
  const silent = nodes.filter(({ ok, error }) => !ok && error !== null);
  if (silent.length === 0) return null;
  const never = silent.filter(({ lastAt }) => lastAt === null);
  const old = silent.filter(({ lastAt }) => lastAt !== null);
  return (
    <Banner tone={old.length > 0 ? "warn" : "info"} flush role="status" data-slot="silent-nodes">
      <ul className="max-h-24 overflow-y-auto">
        {old.map(({ id, name, error, lastAt }) => (
          <li key={id}>
            <b className="font-semibold text-ink">
              {t(words.old, { name, age: formatAge(lastAt ?? now, now) })}
            </b>{" "}
            {error}
          </li>
        ))}
        {[...Map.groupBy(never, ({ error }) => error)].map(([error, group]) => (
          <li key={error}>
            <b className="font-semibold text-ink">
              {t(words.never, {
                names: group.map(({ name }) => name).join(", "),
                n: group.length,
              })}
            </b>{" "}
            {error}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
