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

/** In what a plan's amount is told, as the service calls it. */
export type Amount = "energy_kwh" | "soc_target_pct" | "hours";

/** What a person asks a plan to be: the fields of `fusebox_set_plan`. */
export type PlanAsked = Readonly<Partial<Record<Amount | "max_price", number>>> & { readonly ready_by: string };

export function planAsked(readyBy: string, amount: number, unit: Amount, maxPrice: string): PlanAsked {
  // No limit is not 0, which would mean: only what is free.
  return { ready_by: readyBy, [unit]: amount, ...(maxPrice.trim() === "" ? {} : { max_price: Number(maxPrice) }) };
}

/** Whether there is something to clear. */
export function hasPlan({ state }: Plan): boolean {
  return state !== "none" && state !== "done";
}

export const PRICES = "sensor.fusebox_prices";

export function planOf(told: Row): Plan | null {
  const state = text(told.plan_state);
  if (state === "") return null;
  return { state, reason: text(told.plan_reason), cost: num(told.plan_cost), slots: slotsOf(told.plan) };
}

export const HOUR_MS = 3_600_000;
/** A night's plan is seen whole in the evening, and the past is not pressed into a corner. */
const MOST_AHEAD_MS = 14 * HOUR_MS;

/** Where the picture's time ends: as far ahead as back where there are prices, further where more is planned. */
export function lastOf(
  nowMs: number,
  hours: number,
  prices: readonly Slot[],
  loads: readonly { readonly plan: Plan | null }[],
): number {
  const priced = Math.min(Math.max(nowMs, ...prices.map((slot) => slot.endMs)), nowMs + hours * HOUR_MS);
  const planned = loads.flatMap((load) => load.plan?.slots.map((slot) => slot.endMs) ?? []);
  return Math.max(priced, Math.min(Math.max(nowMs, ...planned), nowMs + MOST_AHEAD_MS));
}

export function pricesOf(states: Hass["states"]): readonly Slot[] {
  return slotsOf(states[PRICES]?.attributes.slots).filter((slot) => slot.price !== null);
}

/** Such as `EUR/kWh`; empty where there are no prices. */
export function priceUnitOf(states: Hass["states"]): string {
  return text(states[PRICES]?.attributes.unit_of_measurement);
}

function slotsOf(value: unknown): readonly Slot[] {
  return rows(value)
    .map((each) => ({ startMs: Date.parse(text(each.start)), endMs: Date.parse(text(each.end)), price: num(each.price) }))
    .filter((slot) => slot.endMs > slot.startMs);
}
