/** What a load may have, in words. */

import { type Load, phasesOf } from "../model/load";
import { figure, kw } from "../model/numbers";
import type { Say } from "../words/words";

/** Amps and on how many phases, or kilowatts; nothing for a load that may have nothing: its reason says why. */
export function share(load: Load, say: Say, language: string): string {
  if (load.share === null || load.share === 0) return "";
  if (load.unit === "W") return say("may_have", kw(load.share, language));
  const phases = phasesOf(load);
  return say("may_have", `${figure(load.share, 1, language)} A${phases > 1 ? ` × ${phases}` : ""}`);
}
