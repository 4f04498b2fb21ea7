/** What a person asks of a load first: is it charging, when will it be ready, and what will it cost? */

import type { Load } from "../model/load";
import { clock, dayAndClock, figure, money } from "../model/numbers";
import { hasPlan, HOUR_MS } from "../model/plan";
import { type Say, sayOf } from "../words/words";

export interface Place {
  readonly priceUnit: string;
  readonly say: Say;
  readonly language: string;
  readonly zone: string | undefined;
}

/** The answers that are known, in that order. */
export function answersOf(load: Load, place: Place, nowMs: number): readonly string[] {
  return [sayOf(place.say, "status", load.status), readiness(load, place, nowMs), cost(load, place)].filter((each) => each !== "");
}

/** The charge of its car and, where it is to have more, the wanted one; empty where it is not known. */
export function chargeOf({ socPct, plan, stops }: Load, language: string): string {
  if (socPct === null) return "";
  const planned = plan !== null && hasPlan(plan) ? plan.asked.soc_target_pct : undefined;
  const wanted = planned ?? stops.stop_soc_pct ?? 0;
  return `${figure(socPct, 0, language)}${wanted > socPct ? ` → ${figure(wanted, 0, language)}` : ""} %`;
}

/** When it is ready, with the day of the week where the time alone may be that of another day. */
function readiness({ readyMs, plan }: Load, { say, language, zone }: Place, nowMs: number): string {
  if (readyMs === null) return plan?.state === "late" ? say("plan_late") : "";
  const isSoon = readyMs - nowMs < 24 * HOUR_MS;
  return isSoon ? say("ready_at", clock(readyMs, language, zone)) : say("ready_on", dayAndClock(readyMs, say.locale, zone));
}

/** The cost of its whole plan, otherwise of its session so far. */
function cost({ plan, sessionCost }: Load, { priceUnit, say, language }: Place): string {
  if (plan !== null && hasPlan(plan) && plan.cost !== null) return money(plan.cost, priceUnit, language);
  return sessionCost === null ? "" : say("so_far", money(sessionCost, priceUnit, language));
}
