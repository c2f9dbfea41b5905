import { resolve } from "node:path";
import { loadDataDir } from "#lib/server/config/config.ts";
import { type Command, dataDirOption } from "./command.ts";

/** `shoal backup FILE`: everything Shoal keeps in one file, while the server may be running. */
export const backupCommand: Command = {
  name: "backup",
  usage: "FILE",
  summary: "Write the database and the keys to a new file, also while the server runs.",
  options: dataDirOption,
  words: 1,
  async run({ flags, words, env, out, say }) {
    const { backup } = await import("#lib/server/db/backup.ts");
    const file = resolve(words[0] ?? "");
    await backup(loadDataDir(flags, env), file);
    out(file);
    say(
      "The backup holds the password hashes and the keys that sign sessions and tokens. Keep it as safe as the server itself.",
    );
  },
};

/** `shoal restore FILE`: a backup in the place of the present database. */
export const restoreCommand: Command = {
  name: "restore",
  usage: "FILE",
  summary: "Put a backup in the place of the present database, while the server is stopped.",
  options: dataDirOption,
  words: 1,
  async run({ flags, words, env, say }) {
    const { restore } = await import("#lib/server/db/backup.ts");
    const kept = restore(loadDataDir(flags, env), words[0] ?? "");
    say("Restored, with the accounts and keys of the backup. Everybody signs in again.");
    if (kept !== null) say(`The database that was there before is kept as ${kept}.`);
  },
};
