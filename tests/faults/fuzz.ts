import { parseArgs } from "node:util";
import { runSeed } from "./run-seed.ts";

const usage = `npm run fuzz -- [options]: Shoal in front of faulty engines, one seed after the other (needs npm run build)

  --seeds 20      how many
  --from 1        the first one
  --minutes 60    no new seed is begun after this time
  --seconds 10    how long the engines of a seed are faulty
  --slow 5000     the slowest answer, ms
  --keep-going    also after a seed that failed
`;

function numberOf(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`not a whole number: ${text}`);
  return value;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "20" },
      from: { type: "string", default: "1" },
      minutes: { type: "string", default: "60" },
      seconds: { type: "string", default: "10" },
      slow: { type: "string", default: "5000" },
      "keep-going": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [seeds, from, seconds, slowMs] = [values.seeds, values.from, values.seconds, values.slow].map(numberOf) as [
    number, number, number, number,
  ]; // biome-ignore format: one line
  const end = performance.now() + numberOf(values.minutes) * 60_000;
  const failed: number[] = [];
  let passed = 0;
  for (let seed = from; seed < from + seeds && performance.now() < end; seed += 1) {
    const again = `npm run fuzz -- --from ${seed} --seeds 1 --seconds ${seconds} --slow ${slowMs}`;
    // A throw that nobody waits for is a failure of this seed, too.
    process.removeAllListeners("uncaughtException").on("uncaughtException", (error) => {
      process.stdout.write(`✗ seed ${seed}: ${error.stack}\n  again: ${again}\n`);
      process.exit(1);
    });
    const began = performance.now();
    try {
      const report = await runSeed({
        seed,
        faultyMs: seconds * 1_000,
        limits: { slowMs, floodMs: 1_500 },
      });
      passed += 1;
      const took = ((performance.now() - began) / 1_000).toFixed(0);
      process.stdout.write(
        `✓ seed ${seed}: ${report.faults} faulty calls, ${report.happenings} happenings, ${report.pictures} pictures (${took} s)\n`,
      );
    } catch (error) {
      failed.push(seed);
      process.stdout.write(
        `✗ ${error instanceof Error ? error.message : String(error)}\n  again: ${again}\n`,
      );
      if (!values["keep-going"]) break;
    }
  }
  process.stdout.write(
    `${passed} passed, ${failed.length} failed${failed.length ? `: ${failed.join(", ")}` : ""}\n`,
  );
  return failed.length === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await main();
