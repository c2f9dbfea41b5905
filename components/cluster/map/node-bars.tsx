import { useNodeUse } from "#components/cluster/map-use.ts";
import { CapacityBar } from "#components/ui/capacity-bar.tsx";
import { formatBytes, formatCpu } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NodeLoad } from "#lib/shared/model/node-state.ts";
import type { NodeView } from "#lib/shared/model/types.ts";

const gigabyte = 1024 ** 3;

/** One decimal, two below 1; no zeros at the end. */
function short(value: number): string {
  return String(value < 1 ? Math.round(value * 100) / 100 : Math.round(value * 10) / 10);
}

interface BarProps {
  name: string;
  label: string;
  reserved: number;
  total: number;
  used: number | null | undefined;
  unit?: string;
}

function Bar({ name, label, reserved, total, used, unit }: BarProps) {
  const share = (value: number) => (total === 0 ? 0 : value / total);
  return (
    <div className="min-w-0">
      <p className="mb-1 flex justify-between gap-1 text-11 whitespace-nowrap text-ink-3" aria-hidden="true">
        <span>{name}</span>
        <span className="truncate text-ink-2">
          {short(reserved)}
          <span className="text-ink-3">
            {" / "}
            {short(total)}
            {unit !== undefined && ` ${unit}`}
          </span>
        </span>
      </p>
      <CapacityBar
        label={label}
        reserved={share(reserved)}
        used={typeof used === "number" ? share(used) : undefined}
      />
    </div>
  );
}

/** CPU and memory of a node: reserved of what there is. `narrow` puts the unit where the name stands. */
export function NodeBars({ node, load, narrow }: { node: NodeView; load: NodeLoad; narrow: boolean }) {
  const use = useNodeUse(node.id);
  const label = (name: string, reserved: string, total: string, used: string | null) =>
    t(used === null ? "nodes.load.of" : "nodes.load.usedOf", {
      label: name,
      reserved,
      total,
      used: used ?? "",
    });
  const cpu = use?.cpu ?? null;
  const memory = use?.memory ?? null;
  const unit = t("map.node.memoryUnit");
  return (
    <div className="mx-0.5 grid grid-cols-2 gap-3.5">
      <Bar
        name={t("map.node.cpu")}
        label={label(
          t("map.node.cpu"),
          formatCpu(load.reservedNanoCpus),
          formatCpu(node.nanoCpus),
          cpu === null ? null : formatCpu(cpu * 1e9),
        )}
        used={cpu}
        reserved={load.reservedNanoCpus / 1e9}
        total={node.nanoCpus / 1e9}
      />
      <Bar
        name={narrow ? unit : t("map.node.memory")}
        label={label(
          t("map.node.memory"),
          formatBytes(load.reservedMemoryBytes),
          formatBytes(node.memoryBytes),
          memory === null ? null : formatBytes(memory),
        )}
        used={memory === null ? null : memory / gigabyte}
        reserved={load.reservedMemoryBytes / gigabyte}
        total={node.memoryBytes / gigabyte}
        unit={narrow ? undefined : unit}
      />
    </div>
  );
}
