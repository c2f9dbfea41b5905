import { createHmac, randomBytes } from "node:crypto";
import type { TwoFactorTable } from "#lib/server/db/two-factor.ts";
import type { TwoFactorInfo, TwoFactorSetup } from "#lib/shared/api/people-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { randomGroups } from "./random-groups.ts";
import { seal, unseal } from "./sealed.ts";
import { slowDown } from "./sign-in-limiter.ts";
import { createSlowdown } from "./slowdown.ts";
import { otpauthUri, stepOf, toBase32 } from "./totp.ts";

/** As RFC 4226 advises: the length of the hash. */
const secretBytes = 20;
const recoveryCodes = 10;
/** Ten characters: 50 random bits each. */
const recoveryGroups = [2, 5] as const;
/** Codes are few (a million): who has the password tries them slowly, from however many addresses. */
const guessRule = { free: 10, firstMs: 1_000, mostMs: 300_000, forgetMs: 3_600_000 } as const;

/** Second factors: a time-based code (TOTP), and recovery codes for the day the phone is gone. */
export function createTwoFactor(table: TwoFactorTable, key: string, now: () => number) {
  const guesses = createSlowdown(guessRule, now);
  const hash = (userId: string, code: string): string =>
    createHmac("sha256", key)
      .update(`${userId} ${plain(code)}`)
      .digest("hex");

  function newCodes(userId: string): readonly string[] {
    const codes = Array.from({ length: recoveryCodes }, () => randomGroups(...recoveryGroups));
    table.replaceCodes(
      userId,
      codes.map((code) => hash(userId, code)),
    );
    return codes;
  }

  /** Takes a code of the app at most once. */
  function takeAppCode(userId: string, code: string): boolean {
    const row = table.byUser(userId);
    if (!row) return false;
    const step = stepOf(unseal(row.secret, key, userId), plain(code), now());
    return step !== null && table.takeStep(userId, step);
  }

  /** Runs one guess; a wrong one counts. Throws slow_down, wrong_code. */
  function guess<Kind>(userId: string, take: () => Kind | null): Kind {
    const wait = guesses.waitMs(userId);
    if (wait > 0) throw slowDown(wait);
    const taken = take();
    if (taken === null) {
      guesses.fail(userId);
      const text = t("errors.wrongCode");
      throw new AppError("wrong_code", text, { details: { fields: { code: text } } });
    }
    guesses.clear(userId);
    return taken;
  }

  const isOn = (userId: string): boolean => (table.byUser(userId)?.confirmedAt ?? null) !== null;

  function requireOn(userId: string): void {
    if (!isOn(userId)) throw new AppError("conflict", t("errors.twoFactorOff"));
  }

  return {
    isOn,
    info(userId: string): TwoFactorInfo {
      const since = table.byUser(userId)?.confirmedAt ?? null;
      return { enabled: since !== null, since, recoveryCodesLeft: table.countCodes(userId) };
    },
    /** A new secret, not in use until `confirm`. Throws conflict when one is in use. */
    begin(userId: string, name: string): TwoFactorSetup {
      if (isOn(userId)) throw new AppError("conflict", t("errors.twoFactorOn"));
      const secret = randomBytes(secretBytes);
      table.begin(userId, seal(secret, key, userId));
      return { secret: toBase32(secret), uri: otpauthUri(secret, name) };
    },
    /** Turns it on with a first code; answers the recovery codes. Throws wrong_code, slow_down, conflict. */
    confirm(userId: string, code: string): readonly string[] {
      if (isOn(userId)) throw new AppError("conflict", t("errors.twoFactorOn"));
      if (!table.byUser(userId)) throw new AppError("conflict", t("errors.twoFactorNotBegun"));
      guess(userId, () => takeAppCode(userId, code) || null);
      table.confirm(userId, now());
      return newCodes(userId);
    },
    /** Uses up a code of the app, or a recovery code. Throws wrong_code, slow_down. */
    check: (userId: string, code: string): "code" | "recovery code" =>
      guess(userId, () => {
        if (/^\d{6}$/.test(plain(code))) return takeAppCode(userId, code) ? "code" : null;
        return table.takeCode(userId, hash(userId, code)) ? "recovery code" : null;
      }),
    /** New recovery codes; the old ones end. Throws conflict. */
    renew(userId: string): readonly string[] {
      requireOn(userId);
      return newCodes(userId);
    },
    /** Throws conflict when there is none in use. */
    remove(userId: string): void {
      requireOn(userId);
      table.remove(userId);
    },
  };
}

/** Second factors. */
export type TwoFactor = ReturnType<typeof createTwoFactor>;

/** As typed by people: with spaces, dashes, capitals. */
function plain(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, "");
}
