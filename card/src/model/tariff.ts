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
