import { loadDataDir } from "#lib/server/config/config.ts";
import { roles } from "#lib/shared/roles.ts";
import { type Command, dataDirOption, UsageError } from "./command.ts";

const unitMs = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const longestName = 64;

/** `shoal token create`: an API token, alone on standard output. */
export const tokenCreateCommand: Command = {
  name: "token create",
  usage: `--role ${roles.join("|")} --name NAME [--expires 30d]`,
  summary: "Make an API token and print it. It is shown this once; the server may be running.",
  details: () => "--expires takes hours, days or weeks: 12h, 30d, 8w. Without it the token has no end.",
  options: {
    ...dataDirOption,
    role: { type: "string" },
    name: { type: "string" },
    expires: { type: "string" },
  },
  words: 0,
  async run({ flags, env, out }) {
    const role = roles.find((known) => known === flags.role);
    if (role === undefined) throw new UsageError(`--role is one of ${roles.join(", ")}`);
    const name = flags.name?.trim() ?? "";
    if (name === "" || name.length > longestName || /\p{Cc}/u.test(name)) {
      throw new UsageError(`--name is what the token is for, in 1 to ${longestName} characters`);
    }
    const expiresAt = flags.expires === undefined ? null : Date.now() + durationMs(flags.expires);
    const { withOfflineAuth } = await import("./offline-auth.ts");
    await withOfflineAuth(loadDataDir(flags, env), async (auth, audit) => {
      const { id, token } = auth.createToken({ name, role, expiresAt });
      const facts = { role, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() };
      audit.write({ ...byCommandLine, action: "token.create", object: `token ${name} (${id})`, facts });
      out(token);
    });
  },
};

/** What every change by the command line has in common in the audit table. */
export const byCommandLine = { caller: null, address: "command line", cluster: null, result: "ok" } as const;

/** Milliseconds of `12h`, `30d` or `8w`. Throws UsageError. */
export function durationMs(text: string): number {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (!Number(count) || unit === undefined) {
    throw new UsageError("--expires is a number of hours, days or weeks: 12h, 30d, 8w");
  }
  return Number(count) * unitMs[unit as keyof typeof unitMs];
}
