import type { Phrase } from "../i18n/phrase.ts";
import { errorInWords, exitInWords } from "../model/docker-words.ts";
import type { ClusterEvent } from "./types.ts";

/** Why a task ended or waits, in words; null when nobody said. */
export function causeOf({ facts }: ClusterEvent): Phrase | null {
  if (typeof facts.error === "string") return errorInWords(facts.error);
  return typeof facts.exitCode === "number" ? exitInWords(facts.exitCode) : null;
}
