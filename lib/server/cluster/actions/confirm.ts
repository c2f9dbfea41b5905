import { AppError } from "#lib/shared/errors.ts";

/**
 * Lets a change that hurts this very page pass only when the object's name was typed. `sentence` says what happens;
 * null means nothing needs to be confirmed. Throws confirmation_needed with the name to type.
 */
export function requireConfirm(sentence: string | null, name: string, confirm: string | undefined): void {
  if (sentence === null || confirm === name) return;
  throw new AppError("confirmation_needed", sentence, { details: { name } });
}
