import { loadDataDir } from "#lib/server/config/config.ts";
import { type Command, dataDirOption } from "./command.ts";
import { byCommandLine } from "./token-command.ts";

/** `shoal user list`: a line for each account, with the role everywhere and those in single clusters. */
export const userListCommand: Command = {
  name: "user list",
  usage: "",
  summary: "List the accounts with their roles, everywhere and in single clusters (by id).",
  options: dataDirOption,
  words: 0,
  async run({ flags, env, out }) {
    const { withOfflineAuth } = await import("./offline-auth.ts");
    await withOfflineAuth(loadDataDir(flags, env), async (auth) => {
      for (const { name, role, clusters, disabled } of auth.people.listUsers()) {
        const others = Object.entries(clusters).map(([id, other]) => `${other} in ${id}`);
        out([name, [role, ...others].join(", "), ...(disabled ? ["disabled"] : [])].join("\t"));
      }
    });
  },
};

/** `shoal user reset-password NAME`: the password from standard input, or a new one that is printed. */
export const resetPasswordCommand: Command = {
  name: "user reset-password",
  usage: "NAME",
  summary:
    "Give an account a new password and end its sessions. Its second factor stays. The server may be running.",
  details: () =>
    "A password sent to standard input is used: echo PASSWORD | shoal user reset-password admin\nWithout one, a new password is made and printed.",
  options: dataDirOption,
  words: 1,
  async run({ flags, words, env, out, say, readInput }) {
    const name = words[0] ?? "";
    const given = await readInput();
    const { withOfflineAuth } = await import("./offline-auth.ts");
    await withOfflineAuth(loadDataDir(flags, env), async (auth, audit) => {
      const password = await auth.resetPassword(name, given ?? undefined);
      audit.write({ ...byCommandLine, action: "account.password", object: `account ${name}` });
      if (given === null) out(password);
      say(`${name} has a new password and is signed out everywhere.`);
    });
  },
};

/** `shoal user reset-two-factor NAME`: for the day the phone and the recovery codes are gone. */
export const resetTwoFactorCommand: Command = {
  name: "user reset-two-factor",
  usage: "NAME",
  summary:
    "Remove an account's second factor: it signs in with its password alone. The server may be running.",
  options: dataDirOption,
  words: 1,
  async run({ flags, words, env, say }) {
    const name = words[0] ?? "";
    const { withOfflineAuth } = await import("./offline-auth.ts");
    await withOfflineAuth(loadDataDir(flags, env), async (auth, audit) => {
      auth.resetTwoFactor(name);
      audit.write({ ...byCommandLine, action: "user.resetTwoFactor", object: `account ${name}` });
      say(`${name} signs in with the password alone from now on.`);
    });
  },
};
