/** `sensor.fusebox_peak` -> this window against its target. */

import type { Hass } from "../ha";
import { num, numberIn, text } from "./read";

export const PEAK = "sensor.fusebox_peak";

export interface Tariff {
  readonly projectedKw: number | null;
  readonly targetKw: number | null;
  readonly monthKw: number | null;
  readonly leftS: number;
  readonly windowMin: number;
  readonly allowedW: number | null;
  readonly reason: string;
}

/** The bar of a window [kW]: what stays within its target, what goes beyond, and where the bar ends. */
export function windowOf({ projectedKw, targetKw, monthKw }: Tariff): {
  readonly withinKw: number;
  readonly beyondKw: number;
  readonly endKw: number;
} {
  const drawn = Math.max(projectedKw ?? 0, 0);
  const withinKw = Math.min(drawn, targetKw ?? drawn);
  return { withinKw, beyondKw: drawn - withinKw, endKw: Math.max(drawn, (targetKw ?? 0) * 1.25, (monthKw ?? 0) * 1.1, 1) };
}

export function tariffOf(states: Hass["states"]): Tariff | null {
  const found = states[PEAK];
  if (found === undefined || found.state === "unavailable") return null;
  const told = found.attributes;
  return {
    projectedKw: numberIn(found.state),
    targetKw: num(told.target_kw),
    monthKw: num(told.month_peak_kw),
    leftS: num(told.seconds_left) ?? 0,
    windowMin: num(told.window_min) ?? 15,
    allowedW: num(told.allowed_import_w),
    reason: text(told.reason),
  };
}
