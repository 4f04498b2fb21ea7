/** What a person has asked for and is not seen yet: shown at once, until the house says that it is so or refuses it. */

import type { PlanAsked } from "./plan";
import { NO_REASON, type Reason } from "./reason";

/** Of a plan an empty text: that there be none. */
export type Wish = string | number | boolean | PlanAsked;

export interface Ask {
  readonly wanted: Wish;
  /** sent: the call is under way; taken: it was answered; confirmed: the entity shows it; late: it does not. */
  readonly stage: "sent" | "taken" | "confirmed" | "refused" | "late";
  /** Why it was refused. */
  readonly refusal: Reason;
  readonly sinceMs: number;
  /** How long the entity may take to follow. */
  readonly patienceMs: number;
}

/** `<load's entity> <control>` -> the last thing asked of it. */
export type Asks = ReadonlyMap<string, Ask>;

export const NO_ASKS: Asks = new Map();

/** How long a confirmation and a refusal stay to be read, and how long most entities may take to follow. */
export const CONFIRMED_MS = 2500;
export const REFUSED_MS = 20_000;
export const LATE_MS = 15_000;

export function asked(asks: Asks, key: string, wanted: Wish, nowMs: number, patienceMs = LATE_MS): Asks {
  return changed(asks, key, { wanted, stage: "sent", refusal: NO_REASON, sinceMs: nowMs, patienceMs });
}

/** The call was answered. Only the newest question counts: `sinceMs` tells which one this answers. */
export function answered(asks: Asks, key: string, sinceMs: number, refusal: Reason | null, nowMs: number): Asks {
  const ask = asks.get(key);
  if (ask?.sinceMs !== sinceMs || ask.stage !== "sent") return asks;
  return changed(asks, key, { ...ask, stage: refusal === null ? "taken" : "refused", refusal: refusal ?? NO_REASON, sinceMs: nowMs });
}

/** What the entities show now, and the time, move each question on; the same map where nothing moves. */
export function settled(asks: Asks, shown: (key: string) => Wish | null, nowMs: number): Asks {
  let found = asks;
  for (const [key, ask] of asks) {
    const since = nowMs - ask.sinceMs;
    if (ask.stage === "taken" && same(shown(key), ask.wanted)) {
      found = changed(found, key, { ...ask, stage: "confirmed", sinceMs: nowMs });
    } else if (ask.stage === "taken" && since > ask.patienceMs) {
      found = changed(found, key, { ...ask, stage: "late", sinceMs: nowMs });
    } else if (isOver(ask, since)) {
      const left = new Map(found);
      left.delete(key);
      found = left;
    }
  }
  return found;
}

/** The value to show: what was asked for as long as that may still come true. */
export function hoped<T extends Wish>(asks: Asks, key: string, shown: T): T {
  const ask = asks.get(key);
  return ask?.stage === "sent" || ask?.stage === "taken" || ask?.stage === "confirmed" ? (ask.wanted as T) : shown;
}

/** Whether its answer or its coming true is still waited for. */
export function isOpen(asks: Asks, key: string): boolean {
  const stage = asks.get(key)?.stage;
  return stage === "sent" || stage === "taken";
}

function isOver(ask: Ask, sinceMs: number): boolean {
  if (ask.stage === "confirmed") return sinceMs > CONFIRMED_MS;
  return (ask.stage === "refused" || ask.stage === "late") && sinceMs > REFUSED_MS;
}

function same(shown: Wish | null, wanted: Wish): boolean {
  return typeof shown === "number" && typeof wanted === "number" ? Math.abs(shown - wanted) < 0.05 : shown === wanted;
}

function changed(asks: Asks, key: string, ask: Ask): Asks {
  return new Map(asks).set(key, ask);
}
