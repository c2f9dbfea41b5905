import { FactList, Panel } from "#components/ui/panel.tsx";

export interface LabelsPanelProps {
  title: string;
  labels: Readonly<Record<string, string>>;
  /** Said when there are none; without it the panel is left out then. */
  empty?: string;
}

/** A label can hold megabytes; nobody reads more than this on a page. */
const longest = 4000;

/** Labels as they are: text from the cluster. */
export function LabelsPanel({ title, labels, empty }: LabelsPanelProps) {
  const facts = Object.entries(labels).map(([label, value]) => ({
    label,
    value: (
      <code className="mono break-all whitespace-pre-wrap">
        {value === "" ? "–" : value.slice(0, longest)}
      </code>
    ),
  }));
  if (facts.length === 0 && empty === undefined) return null;
  return (
    <Panel title={title}>
      {facts.length === 0 ? (
        <p className="text-ink-3">{empty}</p>
      ) : (
        <FactList facts={facts} className="grid-cols-[minmax(88px,auto)_minmax(40%,1fr)]! [&_dt]:break-all" />
      )}
    </Panel>
  );
}
