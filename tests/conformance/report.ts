import { allowed } from "./allowed.ts";
import type { BothRun } from "./run-both.ts";

const HEAD = `# How true the simulated engine is

Made by \`npm run conformance\`: the same calls (\`tests/conformance/calls\`) to a real swarm of three engines (one manager) and to the
simulator with the profile of that engine, both in the newest version of the API that the engine speaks. Compared are status, content type,
the names and types of everything in an answer, the texts of refusals, what processes print and how they end, and the events that
operations cause. Each run renews the part of its engine. **The profile 29 is written from the engine's changelog and was compared with nothing.**
`;

/** What was compared, area by area, what may differ and why, and what differs and must not. */
export function reportOf({ lab, comparison, engine, profile }: BothRun, day: string): string {
  const areas = [...new Set(lab.map(({ area }) => area))];
  const open = comparison.differences.filter(({ reason }) => reason === null);
  const used = new Set(comparison.differences.map(({ reason }) => reason));
  const rows = areas.map((area) => {
    const calls = lab.filter((each) => each.area === area).length;
    const of = comparison.differences.filter((each) => each.area === area);
    return `| ${area} | ${calls} | ${of.filter(({ reason }) => reason !== null).length} | ${of.filter(({ reason }) => reason === null).length} |`;
  });
  const may = allowed
    .filter(({ reason }) => used.has(reason))
    .map(({ where, reason }) => `- \`${where.source}\`: ${reason}.`);
  const differ = open.map(({ area, name, sentence }) => `- ${area}, ${name}: ${sentence}`);
  return `## Profile ${profile.name}

Compared with engine ${engine.version} (API ${engine.api}) on ${day}.

| area | compared | may differ | differ |
|---|---|---|---|
${rows.join("\n")}
| **all** | **${comparison.compared}** | **${comparison.differences.length - open.length}** | **${open.length}** |

### What may differ

${may.length === 0 ? "Nothing." : may.join("\n")}

### What differs

${differ.length === 0 ? "Nothing." : differ.join("\n")}
`;
}

/** The whole report with the part of one engine renewed; `before` is the report that is there, if there is one. */
export function withReport(before: string, part: string): string {
  const nameOf = (text: string) => /^## (Profile .+)$/m.exec(text)?.[1] ?? "";
  const others = before.split(/^(?=## Profile )/m).filter((text) => nameOf(text) !== "");
  const parts = [...others.filter((text) => nameOf(text) !== nameOf(part)), part];
  const sorted = parts.map((text) => `${text.trim()}\n`).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return [HEAD, ...sorted].join("\n");
}
