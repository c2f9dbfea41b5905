import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { Permission } from "../roles.ts";
import { isBeyondSimulation } from "../simulated.ts";
import type { PaletteContext } from "./palette-types.ts";

/** Why this person cannot do this in this cluster; null when they can. */
export function reasonAgainst({ may, model }: PaletteContext, permission: Permission): Phrase | null {
  if (may(permission)) return null;
  const isBeyond = model.info.simulated && isBeyondSimulation(permission);
  return phrase(isBeyond ? "palette.reason.simulated" : "palette.reason.role");
}
