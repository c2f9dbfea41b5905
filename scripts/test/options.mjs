const usage = (steps) => `Usage: npm test -- [--only a,b] [--skip a,b] [--limit-minutes 75]

Steps, in order:
${steps.map(({ name, about }) => `  ${name.padEnd(13)} ${about}`).join("\n")}

--only runs just these steps. --skip leaves steps out; each is counted as skipped.`;

/**
 * Reads the command line. Answers a text to print instead when it asks for help (starting with "Usage") or is wrong.
 *
 * @param {string[]} args
 * @param {{name: string, about: string}[]} steps
 */
export function parseOptions(args, steps) {
  const known = new Set(steps.map(({ name }) => name));
  const chosen = { "--only": new Set(), "--skip": new Set() };
  let limitMinutes = 75;
  const rest = args.flatMap((arg) => (/^--[a-z-]+=/.test(arg) ? arg.split(/=(.*)/s, 2) : [arg]));
  while (rest.length) {
    const flag = rest.shift();
    if (flag === "--help" || flag === "-h") return usage(steps);
    const value = rest.shift() ?? "";
    if (flag === "--limit-minutes") {
      limitMinutes = Number(value);
      if (!(limitMinutes > 0)) return `--limit-minutes needs a number above 0, not "${value}".`;
    } else if (flag in chosen) {
      const names = value.split(",").filter(Boolean);
      const unknown = names.filter((name) => !known.has(name));
      if (unknown.length || !names.length) {
        return `${flag} "${value}": ${unknown.length ? `no such step: ${unknown.join(", ")}` : "no step named"}. Steps: ${[...known].join(", ")}.`;
      }
      for (const name of names) chosen[flag].add(name);
    } else return `Unknown option "${flag}". npm test -- --help shows the options.`;
  }
  return {
    limitMinutes,
    isWanted: (name) => chosen["--only"].size === 0 || chosen["--only"].has(name),
    isSkipped: (name) => chosen["--skip"].has(name),
  };
}
