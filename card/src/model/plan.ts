/** A load's plan and the prices of the next hours, where Home Assistant has them. */

import type { Hass } from "../ha";
import { num, row, type Row, rows, text } from "./read";
import { type Reason, reasonOf } from "./reason";

export interface Slot {
  readonly startMs: number;
  readonly endMs: number;
  readonly price: number | null;
}

export interface Plan {
  /** none, waiting, running, done or late. */
  readonly state: string;
  readonly reason: Reason;
  readonly cost: number | null;
  readonly slots: readonly Slot[];
  readonly asked: Asked;
}

/** What a plan would do that is not set. */
export interface Preview extends Pick<Plan, "reason" | "cost" | "slots"> {
  /** What the same would cost if it charged at once. */
  readonly atOnce: number | null;
  /** What it would not get in time. */
  readonly missingKwh: number;
}

/** The answer of `fusebox_set_plan` with `preview`. */
export function previewOf(told: Row): Preview {
  return {
    reason: reasonOf(told, "plan_reason"),
    cost: num(told.plan_cost),
    slots: slotsOf(told.plan),
    atOnce: num(told.plan_cost_at_once),
    missingKwh: num(told.missing_kwh) ?? 0,
  };
}

/** What the plan in force was asked to be, by CONFIG or a service; nothing where the scripts do not say it. */
export type Asked = Readonly<Partial<Record<Amount | "max_price", number>>> & { readonly readyBy?: string };

/** In what a plan's amount is told, as the service calls it. */
export type Amount = "energy_kwh" | "soc_target_pct" | "hours";

/** What a person asks a plan to be: the fields of `fusebox_set_plan`. */
export type PlanAsked = Readonly<Partial<Record<Amount | "max_price", number>>> & { readonly ready_by?: string };

export function planAsked(readyBy: string, amount: string, unit: Amount, maxPrice: string): PlanAsked {
  // No limit is not 0, which would mean: only what is free. A limit alone needs no departure.
  const limit = maxPrice.trim() === "" ? {} : { max_price: Number(maxPrice) };
  return amount.trim() === "" ? limit : { ready_by: readyBy, [unit]: Number(amount), ...limit };
}

/** Whether there is something to clear. */
export function hasPlan({ state }: Plan): boolean {
  return state !== "none" && state !== "done";
}

export const PRICES = "sensor.fusebox_prices";

export function planOf(told: Row): Plan | null {
  const state = text(told.plan_state);
  if (state === "") return null;
  return { state, reason: reasonOf(told, "plan_reason"), cost: num(told.plan_cost), slots: slotsOf(told.plan), asked: askedOf(row(told.plan_asked)) };
}

const ASKED = ["energy_kwh", "soc_target_pct", "hours", "max_price"] as const;

function askedOf(told: Row): Asked {
  const numbers = ASKED.flatMap((key) => (num(told[key]) === null ? [] : [[key, num(told[key])]]));
  const readyBy = text(told.ready_by);
  return { ...(Object.fromEntries(numbers) as Asked), ...(/^\d\d:\d\d$/.test(readyBy) ? { readyBy } : {}) };
}

/** Blocks as spans of time: those without a gap between them are one. */
export function spansOf(slots: readonly Slot[]): readonly { readonly startMs: number; readonly endMs: number }[] {
  const found: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of [...slots].sort((a, b) => a.startMs - b.startMs)) {
    const last = found.at(-1);
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else found.push({ startMs, endMs });
  }
  return found;
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

/** The ends of a slider for prices: from what is free, or pays, to the dearest known; `none`, a step further, is no limit. */
export interface PriceSpan {
  readonly min: number;
  readonly none: number;
  readonly step: number;
  readonly decimals: number;
}

const SPANS = new WeakMap<object, PriceSpan>();

/** The same object for the same state. */
export function priceSpanOf(states: Hass["states"]): PriceSpan {
  const state = states[PRICES] ?? NO_PRICES;
  const span = SPANS.get(state) ?? spanOver(pricesOf(states).map((slot) => slot.price ?? 0));
  SPANS.set(state, span);
  return span;
}

const NO_PRICES = {};

/** A span that has this limit too, where one is set. */
export function spanWith(span: PriceSpan, limit: number | undefined): PriceSpan {
  const { min, none, step } = span;
  return limit === undefined || (limit >= min && limit < none) ? span : spanOver([min, none - step, limit]);
}

function spanOver(prices: readonly number[]): PriceSpan {
  const low = Math.min(0, ...prices);
  const high = Math.max(...(prices.length === 0 ? [1] : prices), low + 0.01);
  // Some hundreds of steps, in euros, crowns or cents.
  const decimals = Math.max(2 - Math.floor(Math.log10(high - low)), 0);
  const step = 10 ** -decimals;
  const at = (steps: number): number => Number((steps * step).toFixed(decimals));
  // A price that is a step already stays one, whatever its division leaves.
  return { min: at(Math.floor(low / step + 1e-6)), none: at(Math.ceil(high / step - 1e-6) + 1), step: at(1), decimals };
}

function slotsOf(value: unknown): readonly Slot[] {
  return rows(value)
    .map((each) => ({ startMs: Date.parse(text(each.start)), endMs: Date.parse(text(each.end)), price: num(each.price) }))
    .filter((slot) => slot.endMs > slot.startMs);
}
