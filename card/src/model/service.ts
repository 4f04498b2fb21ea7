/** The controls of a load, as calls of Fusebox's services. */

import type { Hass } from "../ha";
import type { Wish } from "./asks";
import type { Load } from "./load";

export type Control = "mode" | "boost" | "max";

interface Call {
  readonly service: string;
  readonly field: string;
}

const CALLS: Readonly<Record<Control, Call>> = {
  mode: { service: "fusebox_set_mode", field: "mode" },
  boost: { service: "fusebox_boost", field: "state" },
  max: { service: "fusebox_set_max_current", field: "current_a" },
};

export function keyOf(load: Load, control: Control): string {
  return `${load.entity} ${control}`;
}

/** What the load's entity shows of a control. */
export function shownOf(load: Load, control: Control): Wish | null {
  if (control === "mode") return load.mode;
  return control === "boost" ? load.boosted : (load.currentA?.max ?? null);
}

/** Null when it was done, else the sentence with which it was refused. */
export async function call(hass: Hass, load: Load, control: Control, wanted: Wish): Promise<string | null> {
  const { service, field } = CALLS[control];
  try {
    await hass.callService("pyscript", service, { load: load.name, [field]: wanted }, undefined, false);
    return null;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** Home Assistant puts its own words before the sentence of a service. */
function sentenceOf(error: unknown): string {
  const told = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  return String(told).replace(/^Validation error: /, "");
}
