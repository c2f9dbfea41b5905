import { allowed } from "./allowed.ts";
import type { Recording, Shown } from "./recording.ts";
import { shapeDifferences } from "./shape.ts";

export interface Difference {
  readonly area: string;
  readonly name: string;
  /** One sentence for each thing that differs. */
  readonly sentence: string;
  /** Why it may; null when it may not. */
  readonly reason: string | null;
}

export interface Comparison {
  readonly compared: number;
  readonly differences: readonly Difference[];
}

const keyOf = ({ area, name }: Shown) => `${area}: ${name}`;

/** Lays what the simulator showed beside what the lab showed, call by call. */
export function compare(lab: Recording, sim: Recording): Comparison {
  const differences: Difference[] = [];
  const simulated = Map.groupBy(sim, keyOf);
  const note = ({ area, name }: Shown, sentence: string) => {
    const allowance = allowed.find((each) => each.where.test(`${area}: ${name}`) && each.what.test(sentence));
    differences.push({ area, name, sentence, reason: allowance?.reason ?? null });
  };
  for (const shown of lab) {
    const other = simulated.get(keyOf(shown))?.shift();
    if (!other) note(shown, "missing: the simulator did not get there");
    else for (const sentence of differencesOf(shown, other)) note(shown, sentence);
  }
  for (const shown of [...simulated.values()].flat()) note(shown, "the lab did not get there");
  return { compared: lab.length, differences };
}

function differencesOf(lab: Shown, sim: Shown): string[] {
  const sentences: string[] = [];
  if (lab.status !== sim.status) sentences.push(`status: ${lab.status} in the lab, ${sim.status} simulated`);
  if (lab.type !== sim.type)
    sentences.push(`content type: ${lab.type || "none"} in the lab, ${sim.type || "none"} simulated`);
  if (lab.said !== sim.said) sentences.push(`said: ${lab.said}\n      simulated: ${sim.said}`);
  if (lab.shape !== null && sim.shape !== null && lab.status < 400)
    sentences.push(...shapeDifferences(lab.shape, sim.shape));
  else if ((lab.shape === null) !== (sim.shape === null))
    sentences.push(
      `body: ${lab.shape ? "JSON" : "none"} in the lab, ${sim.shape ? "JSON" : "none"} simulated`,
    );
  return sentences;
}
