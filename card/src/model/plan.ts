/** A load's plan and the prices of the next hours, where Home Assistant has them. */

import type { Hass } from "../ha";
import { num, type Row, rows, text } from "./read";

export interface Slot {
  readonly startMs: number;
  readonly endMs: number;
  readonly price: number | null;
}

export interface Plan {
  /** none, waiting, running, done or late. */
  readonly state: string;
  readonly reason: string;
  readonly cost: number | null;
  readonly slots: readonly Slot[];
}

export const PRICES = "sensor.fusebox_prices";

export function planOf(told: Row): Plan | null {
  const state = text(told.plan_state);
  if (state === "") return null;
  return { state, reason: text(told.plan_reason), cost: num(told.plan_cost), slots: slotsOf(told.plan) };
}

export function pricesOf(states: Hass["states"]): readonly Slot[] {
  return slotsOf(states[PRICES]?.attributes.slots).filter((slot) => slot.price !== null);
}

function slotsOf(value: unknown): readonly Slot[] {
  return rows(value)
    .map((each) => ({ startMs: Date.parse(text(each.start)), endMs: Date.parse(text(each.end)), price: num(each.price) }))
    .filter((slot) => slot.endMs > slot.startMs);
}
