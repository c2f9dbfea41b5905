import type { Db } from "./open.ts";

/** An account's second factor. Times in ms since 1970. */
export interface TwoFactorRow {
  readonly userId: string;
  /** Encrypted. */
  readonly secret: string;
  /** Null: begun, and not yet in use. */
  readonly confirmedAt: number | null;
  /** Codes of this time step and before it are used up. */
  readonly lastStep: number;
}

const columns = "user_id AS userId, secret, confirmed_at AS confirmedAt, last_step AS lastStep";

/** Second factors with their recovery codes. */
export function twoFactorTable(db: Db) {
  const byUser = db.prepare(`SELECT ${columns} FROM two_factor WHERE user_id = ?`);
  const begin = db.prepare(
    `INSERT INTO two_factor (user_id, secret) VALUES (@userId, @secret)
     ON CONFLICT (user_id) DO UPDATE SET secret = @secret, last_step = 0 WHERE confirmed_at IS NULL`,
  );
  const confirm = db.prepare(
    "UPDATE two_factor SET confirmed_at = ? WHERE user_id = ? AND confirmed_at IS NULL",
  );
  // The comparison is in the statement itself: of two requests with one code only one changes a row.
  const takeStep = db.prepare(
    "UPDATE two_factor SET last_step = @step WHERE user_id = @userId AND last_step < @step",
  );
  const remove = db.prepare("DELETE FROM two_factor WHERE user_id = ?");
  const addCode = db.prepare("INSERT INTO recovery_codes (user_id, hash) VALUES (?, ?)");
  const takeCode = db.prepare("DELETE FROM recovery_codes WHERE user_id = ? AND hash = ?");
  const removeCodes = db.prepare("DELETE FROM recovery_codes WHERE user_id = ?");
  const countCodes = db.prepare("SELECT count(*) FROM recovery_codes WHERE user_id = ?").pluck();

  const replaceCodes = db.transaction((userId: string, hashes: readonly string[]) => {
    removeCodes.run(userId);
    for (const hash of hashes) addCode.run(userId, hash);
  });

  return {
    byUser: (userId: string) => (byUser.get(userId) as TwoFactorRow | undefined) ?? null,
    /** Begins anew with another secret; does nothing to a factor in use. */
    begin: (userId: string, secret: string) => void begin.run({ userId, secret }),
    /** Answers whether it was begun and not in use. */
    confirm: (userId: string, now: number) => confirm.run(now, userId).changes > 0,
    /** Uses up a time step. Answers false when it, or a later one, was used before. */
    takeStep: (userId: string, step: number) => takeStep.run({ userId, step }).changes > 0,
    /** Answers whether there was one. Its recovery codes go with it. */
    remove: db.transaction((userId: string) => {
      removeCodes.run(userId);
      return remove.run(userId).changes > 0;
    }),
    replaceCodes: (userId: string, hashes: readonly string[]) => replaceCodes.immediate(userId, hashes),
    /** Uses up a recovery code. Answers false when there was none like it. */
    takeCode: (userId: string, hash: string) => takeCode.run(userId, hash).changes > 0,
    countCodes: (userId: string) => countCodes.get(userId) as number,
  };
}

/** Second factors with their recovery codes. */
export type TwoFactorTable = ReturnType<typeof twoFactorTable>;
