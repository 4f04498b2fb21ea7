/** The controls of a load, as calls of Fusebox's services. */

import type { Hass } from "../ha";
import { LATE_MS, type Wish } from "./asks";
import { type Load, STOPS, type Stop } from "./load";
import { row, type Row, text } from "./read";
import { type Reason, reasonOf } from "./reason";
import type { Setting } from "./settings";

export const CONTROLS = ["mode", "boost", "max", "phases", "vehicle", "plan", ...STOPS] as const;
export type Control = (typeof CONTROLS)[number];

interface Call {
  readonly service: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Switching ends a charge, rests and begins anew. */
const SWITCHING_MS = 300_000;

/** How long a load may take to show what was asked of it. */
export function patienceMs(control: Control): number {
  return control === "phases" ? SWITCHING_MS : LATE_MS;
}

function isStop(control: Control): control is Stop {
  return STOPS.some((stop) => stop === control);
}

function callOf(control: Control, wanted: Wish): Call {
  if (control === "mode") return { service: "fusebox_set_mode", data: { mode: wanted } };
  if (control === "boost") return { service: "fusebox_boost", data: { state: wanted } };
  if (control === "max") return { service: "fusebox_set_max_current", data: { current_a: wanted } };
  if (control === "phases") return { service: "fusebox_switch_phases", data: { phases: wanted } };
  if (control === "vehicle") return { service: "fusebox_set_vehicle", data: { vehicle: wanted } };
  if (isStop(control)) return { service: "fusebox_set_limit", data: { [control]: wanted } };
  return typeof wanted === "object"
    ? { service: "fusebox_set_plan", data: { ...wanted } }
    : { service: "fusebox_clear_plan", data: {} };
}

export function keyOf(load: Load, control: Control): string {
  return `${load.entity} ${control}`;
}

/** What the load's entity shows of a control. */
export function shownOf(load: Load, control: Control, wanted: Wish): Wish | null {
  if (control === "plan") return planShown(load, wanted);
  if (control === "mode") return load.mode;
  if (control === "boost") return load.boosted;
  if (control === "vehicle") return load.vehicle;
  if (isStop(control)) return load.stops[control] ?? 0;
  return control === "phases" ? load.phasesUsed : (load.currentA?.max ?? null);
}

/** A plan does not show the words in which it was asked for; and one of CONFIG's own stays when another is cleared. */
function planShown(load: Load, wanted: Wish): Wish | null {
  const isThere = load.plan !== null && load.plan.state !== "none";
  return isThere || typeof wanted !== "object" ? wanted : null;
}

/** Null when it was done, else the sentence with which it was refused; empty where nobody was there to answer. */
export async function call(hass: Hass, load: Load, control: Control, wanted: Wish): Promise<Reason | null> {
  const { service, data } = callOf(control, wanted);
  return answerOf(hass, service, { load: load.name, ...data });
}

/** The same for a value behind the gear. */
export async function callSetting(hass: Hass, { owner, key }: Setting, wanted: Wish): Promise<Reason | null> {
  return answerOf(hass, "fusebox_set", { load: owner, [key]: wanted });
}

async function answerOf(hass: Hass, service: string, data: Call["data"]): Promise<Reason | null> {
  try {
    await hass.callService("pyscript", service, data, undefined, false);
    return null;
  } catch (error) {
    return refusalOf(error);
  }
}

/** What a service has answered, or why it has refused. */
export interface Answer {
  readonly told: Row;
  readonly refusal: Reason | null;
}

/** Ask a service for its answer. */
export async function ask(hass: Hass, service: string, data: Call["data"]): Promise<Answer> {
  try {
    const message = { type: "call_service", domain: "pyscript", service, service_data: data, return_response: true };
    return { told: row(row(await hass.callWS(message)).response), refusal: null };
  } catch (error) {
    return { told: {}, refusal: refusalOf(error) };
  }
}

/** Home Assistant puts its own words before the sentence of a service, and gives its code and values as a translation's. */
function refusalOf(error: unknown): Reason {
  const { message, translation_key, translation_placeholders } = row(error);
  // The control says already which field is meant.
  const { path: _path, ...values } = row(translation_placeholders);
  // Of a lost connection there is a number and no words.
  const sentence = text(message).replace(/^Validation error: /, "");
  return { ...reasonOf({ reason_code: translation_key, reason_values: values }), sentence };
}
