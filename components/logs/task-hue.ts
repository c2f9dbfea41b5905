/** Hues of look.md §3. */
const hues = 14;

/**
 * In logs a colour is a task (look.md §3): its service's hue for slot 1, a walk of 5 from there, so that neighbours
 * differ. Global tasks go by their node.
 */
export function taskHue(serviceHue: number, slot: number | null, nodeId: string): number {
  const steps = slot === null || slot === 0 ? sum(nodeId) : slot - 1;
  return ((serviceHue - 1 + steps * 5) % hues) + 1;
}

function sum(text: string): number {
  let total = 0;
  for (const char of text) total = (total * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return total;
}
