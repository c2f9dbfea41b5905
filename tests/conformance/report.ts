import { allowed } from "./allowed.ts";
import type { BothRun } from "./run-both.ts";

/** What was compared, area by area, what may differ and why, and what differs and must not. */
export function reportOf({ lab, comparison, engine }: BothRun, day: string): string {
  const areas = [...new Set(lab.map(({ area }) => area))];
  const open = comparison.differences.filter(({ reason }) => reason === null);
  const rows = areas.map((area) => {
    const calls = lab.filter((each) => each.area === area).length;
    const of = comparison.differences.filter((each) => each.area === area);
    return `| ${area} | ${calls} | ${of.filter(({ reason }) => reason !== null).length} | ${of.filter(({ reason }) => reason === null).length} |`;
  });
  const differ = open.map(({ area, name, sentence }) => `- ${area}, ${name}: ${sentence}`);
  return `# How true the simulated engine is

Made by \`npm run conformance\` on ${day}: the same calls (\`tests/conformance/calls\`) to a real swarm of three engines ${engine.version}
(API ${engine.api}, one manager) and to the simulator with the profile 20.10. Compared are status, content type, the names and types of everything in
an answer, the texts of refusals, what processes print and how they end, and the events that operations cause. The profile 26 shares
this code and differs where \`lib/sim/profiles\` says so; **the profile 29 is written from the engine's changelog and was compared with nothing.**

| area | compared | may differ | differ |
|---|---|---|---|
${rows.join("\n")}
| **all** | **${comparison.compared}** | **${comparison.differences.length - open.length}** | **${open.length}** |

## What may differ

${allowed.map(({ where, reason }) => `- \`${where.source}\`: ${reason}.`).join("\n")}

## What differs

${differ.length === 0 ? "Nothing." : differ.join("\n")}
`;
}
