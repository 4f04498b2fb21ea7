/** `sensor.fusebox_<load>` -> what is shown of one load. */

import type { HassState, Hass } from "../ha";
import { colourOf } from "./colours";
import { type Plan, planOf } from "./plan";
import { numbersIn, moment, num, numberIn, type Row, sum, text, texts } from "./read";
import { type Reason, reasonOf } from "./reason";
import type { Site } from "./site";

/** Where a session stops, as the service calls it. */
export const STOPS = ["stop_soc_pct", "stop_energy_kwh"] as const;
export type Stop = (typeof STOPS)[number];

export interface Load {
  readonly entity: string;
  /** As services and CONFIG call it. */
  readonly name: string;
  readonly title: string;
  readonly icon: string;
  readonly colour: string;
  readonly status: string;
  readonly mode: string;
  readonly modes: readonly string[];
  /** Null where it cannot be boosted. */
  readonly boosted: boolean | null;
  readonly circuit: string;
  readonly phases: readonly string[];
  /** On how many it charges, null while nobody knows. */
  readonly phasesUsed: number | null;
  /** Between one and all of them. */
  readonly canSwitchPhases: boolean;
  /** Why it is on so many, or what went wrong with switching. */
  readonly phasesReason: Reason;
  /** Phase -> what it draws [A]; empty where nothing measures it. */
  readonly drawA: Readonly<Record<string, number>>;
  readonly drawW: number | null;
  /** What it may have now, in its own unit. */
  readonly share: number | null;
  readonly unit: string;
  readonly reason: Reason;
  readonly limitedBy: string;
  /** The ends of its current, and the highest that can be set; null where it has no current to set. */
  readonly currentA: { readonly min: number; readonly max: number; readonly top: number } | null;
  /** What the present session has taken; null between sessions, and while that is next to nothing. */
  readonly sessionKwh: number | null;
  readonly sessionSolarPct: number | null;
  /** So far; null without prices. */
  readonly sessionCost: number | null;
  /** The charge of its car [%]. */
  readonly socPct: number | null;
  /** When its car is ready; null where that is not known. */
  readonly readyMs: number | null;
  readonly plan: Plan | null;
  /** The car that is there, or `guest`; empty where none is known. */
  readonly vehicle: string;
  /** Those that may be there; empty where it makes no difference. */
  readonly vehicles: readonly string[];
  /** Where its session stops, 0 for nowhere; only the limits that it can have. */
  readonly stops: Readonly<Partial<Record<Stop, number>>>;
}

const PREFIX = "sensor.fusebox_";

const ICONS: Readonly<Record<string, string>> = {
  plug: "mdi:power-socket-eu",
  tank: "mdi:water-boiler",
  sg_ready: "mdi:heat-pump",
  thermostat: "mdi:thermostat",
  radiators: "mdi:radiator",
  quasar: "mdi:car-electric",
  power: "mdi:heating-coil",
};

export function loadOf(state: HassState, site: Site, index: number, states: Hass["states"]): Load {
  const told = state.attributes;
  const drawA = measured(numbersIn(told.draw_a));
  const name = state.entity_id.slice(PREFIX.length);
  const energy = states[`${state.entity_id}_energy`];
  const powerW = numberIn(states[`${state.entity_id}_power`]?.state);
  const seenW = Object.keys(drawA).length === 0 ? null : sum(Object.values(drawA)) * site.voltageV;
  return {
    entity: state.entity_id,
    name,
    title: titleOf(text(told.friendly_name), name),
    icon: ICONS[text(told.type)] ?? "mdi:ev-station",
    colour: colourOf(index),
    status: text(told.status) || "unavailable",
    mode: text(told.mode),
    modes: texts(told.modes),
    boosted: typeof told.boosted === "boolean" ? told.boosted : null,
    circuit: text(told.circuit) || "main",
    phases: texts(told.phases),
    phasesUsed: texts(told.phases_used).length || null,
    canSwitchPhases: num(told.phase_switches) !== null && texts(told.phases).length > 1,
    phasesReason: reasonOf(told, "phases_reason"),
    drawA,
    // Amps are told with each reading, the power each ten seconds.
    drawW: seenW ?? powerW,
    share: numberIn(state.state),
    unit: text(told.unit_of_measurement),
    reason: reasonOf(told),
    limitedBy: text(told.limited_by),
    currentA: currentOf(num(told.min_a), num(told.max_a), num(told.highest_a)),
    ...sessionOf(energy?.attributes ?? {}),
    socPct: num(told.soc_pct),
    readyMs: moment(told.ready_at),
    plan: planOf(told),
    vehicle: text(told.vehicle),
    vehicles: texts(told.vehicles),
    stops: Object.fromEntries(STOPS.filter((key) => key in told).map((key) => [key, num(told[key]) ?? 0])),
  };
}

/** Less is told as 0.0, and a share or the cost of nothing says nothing. */
const SEEN_KWH = 0.05;

function sessionOf(told: Row): Pick<Load, "sessionKwh" | "sessionSolarPct" | "sessionCost"> {
  const kwh = num(told.session_kwh);
  if (kwh === null || kwh < SEEN_KWH) return { sessionKwh: null, sessionSolarPct: null, sessionCost: null };
  return { sessionKwh: kwh, sessionSolarPct: num(told.session_solar_pct), sessionCost: num(told.session_cost) };
}

/** On how many phases its amps count. */
export function phasesOf({ phases, phasesUsed }: Load): number {
  return phasesUsed ?? phases.length;
}

/** `Fusebox pool_pump` is a name for lists; here everything is Fusebox's. A name that its user gave stays. */
function titleOf(friendly: string, name: string): string {
  const own = friendly.startsWith("Fusebox ") ? friendly.slice("Fusebox ".length) : friendly || name;
  return spoken(own);
}

/** A name of CONFIG as a person writes it: `ioniq_5` is Ioniq 5. */
export function spoken(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function measured(amps: Readonly<Record<string, number | null>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(amps).filter((each): each is [string, number] => each[1] !== null));
}

function currentOf(min: number | null, max: number | null, top: number | null): Load["currentA"] {
  if (min === null || max === null) return null;
  return { min, max: Math.min(max, top ?? max), top: top ?? max };
}
