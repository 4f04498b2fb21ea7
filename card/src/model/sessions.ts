/** The answer of `fusebox_sessions` -> energy, solar share, cost and savings by day or month, and by car. */

import { num, type Row, rows, text } from "./read";

export type By = "day" | "month";

export interface Figures {
  readonly kwh: number;
  readonly solarPct: number | null;
  readonly cost: number | null;
  /** Against charging at once, below 0 where it cost more. */
  readonly saved: number | null;
}

export interface Total extends Figures {
  /** Such as 2026-11 or 2026-11-24. */
  readonly period: string;
  readonly load: string;
  /** Empty where none was known. */
  readonly vehicle: string;
}

export interface Period {
  readonly period: string;
  readonly sum: Figures;
  /** Car or load -> its part. */
  readonly parts: ReadonlyMap<string, Figures>;
}

/** How far back sessions are asked for [days], and how many periods are shown: none of them is cut off at its beginning. */
export const BACK: Readonly<Record<By, { readonly days: number; readonly most: number }>> = {
  day: { days: 32, most: 31 },
  month: { days: 366, most: 12 },
};

export function totalsOf(told: Row): readonly Total[] {
  return rows(told.totals).map((each) => ({
    period: text(each.period),
    load: text(each.load),
    vehicle: text(each.vehicle),
    kwh: num(each.kwh) ?? 0,
    solarPct: num(each.solar_pct),
    cost: num(each.cost),
    saved: num(each.saved),
  }));
}

/** The car, or the load where none was known. */
export function whoOf({ load, vehicle }: Total): string {
  return vehicle || load;
}

export function everybodyIn(totals: readonly Total[]): readonly string[] {
  return [...new Set(totals.map(whoOf))].sort();
}

/** The newest first; of one car or load, or of all where `who` is empty. */
export function periodsOf(totals: readonly Total[], who: string, most: number): readonly Period[] {
  const counted = totals.filter((each) => who === "" || whoOf(each) === who);
  const periods = [...new Set(counted.map((each) => each.period))].sort().reverse().slice(0, most);
  return periods.map((period) => {
    const inside = counted.filter((each) => each.period === period);
    const parts = everybodyIn(inside).map((each): [string, Figures] => [each, sumOf(inside.filter((total) => whoOf(total) === each))]);
    return { period, sum: sumOf(inside), parts: new Map(parts) };
  });
}

/** Of what is known; null where nothing is. */
function sumOf(all: readonly Figures[]): Figures {
  const sunny = all.filter((each) => each.solarPct !== null);
  const sunnyKwh = added(sunny.map((each) => each.kwh)) ?? 0;
  const solarKwh = added(sunny.map((each) => ((each.solarPct ?? 0) * each.kwh) / 100)) ?? 0;
  return {
    kwh: added(all.map((each) => each.kwh)) ?? 0,
    solarPct: sunnyKwh > 0 ? (100 * solarKwh) / sunnyKwh : null,
    cost: added(all.map((each) => each.cost)),
    saved: added(all.map((each) => each.saved)),
  };
}

function added(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
