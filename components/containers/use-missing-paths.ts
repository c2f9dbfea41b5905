import { useState } from "react";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { api } from "#lib/client/api.ts";
import type { BindPath } from "#lib/shared/containers/api-types.ts";
import { linesOf, parseMount } from "./create-form.ts";

/** Most paths asked about at once. */
const most = 10;

/** Which paths of the mounts as they were at the last `check` are not on the node. Empty while nobody knows. */
export function useMissingPaths(node: string): {
  readonly missing: readonly string[];
  readonly check: (mounts: string) => void;
} {
  const { apiPath } = useCluster();
  const [paths, setPaths] = useState<readonly string[]>([]);
  const { data = [] } = useSWR(
    node === "" || paths.length === 0
      ? null
      : [apiPath(`/nodes/${encodeURIComponent(node)}/bind-path`), ...paths],
    async ([address, ...asked]) => {
      const answers = await Promise.all(
        asked.map((path) => api.get<BindPath>(`${address}?path=${encodeURIComponent(path)}`)),
      );
      return answers.filter(({ exists }) => !exists).map(({ path }) => path);
    },
    { revalidateOnFocus: false },
  );
  return {
    missing: data,
    check: (mounts) =>
      setPaths(
        linesOf(mounts)
          .flatMap((line) => {
            const mount = parseMount(line);
            return mount?.type === "bind" && mount.source !== undefined ? [mount.source] : [];
          })
          .slice(0, most),
      ),
  };
}
