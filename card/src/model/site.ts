/** `sensor.fusebox_site` -> what is shown of the whole house. */

import type { Hass } from "../ha";
import { numbersIn, num, row, sum, text, texts } from "./read";
import { type Reason, reasonOf } from "./reason";

export const SITE = "sensor.fusebox_site";

export interface Circuit {
  readonly name: string;
  readonly parent: string;
  readonly fuseA: number;
  readonly flowA: Readonly<Record<string, number | null>>;
}

export interface Site {
  /** The entity's word, or `missing` where Fusebox does not run. */
  readonly state: string;
  readonly reason: Reason;
  /** Of the scripts; empty where they do not say. */
  readonly version: string;
  /** What else is wrong, each a sentence; the first error stands in the reason. */
  readonly more: readonly string[];
  readonly phases: readonly string[];
  readonly gridA: Readonly<Record<string, number | null>>;
  /** Of the main fuse; null before the first decision. */
  readonly fuseA: number | null;
  readonly voltageV: number;
  readonly circuits: readonly Circuit[];
  /** Circuit and phase of each silent meter, such as `main L1` -> the age of its last report [s]. */
  readonly silentS: Readonly<Record<string, number | null>>;
  readonly solarW: number | null;
  readonly batteryPct: number | null;
  /** + charges, - discharges. */
  readonly batteryW: number | null;
  readonly loads: readonly string[];
}

const NOT_THERE = new Set(["unavailable", "unknown"]);

export function siteOf(states: Hass["states"]): Site {
  const found = states[SITE];
  const told = found?.attributes ?? {};
  const gridA = numbersIn(told.grid_a);
  return {
    state: found === undefined || NOT_THERE.has(found.state) ? "missing" : found.state,
    reason: reasonOf(told),
    version: text(told.version),
    more: [...texts(told.errors).slice(1), ...texts(told.warnings)],
    phases: Object.keys(gridA).sort(),
    gridA,
    fuseA: num(told.fuse_a),
    voltageV: num(told.voltage_v) ?? 230,
    circuits: Object.entries(row(told.circuits)).map(([name, each]) => circuitOf(name, row(each))),
    silentS: numbersIn(told.silent_s),
    solarW: num(told.solar_w),
    batteryPct: num(told.battery_soc_pct),
    batteryW: num(told.battery_charge_w),
    loads: texts(told.loads),
  };
}

function circuitOf(name: string, told: Readonly<Record<string, unknown>>): Circuit {
  return { name, parent: text(told.parent), fuseA: num(told.fuse_a) ?? 0, flowA: numbersIn(told.flow_a) };
}

/** Whether the scripts say that they are of another version than the card. */
export function differs(site: Site, cardVersion: string): boolean {
  return site.version !== "" && site.version !== cardVersion;
}

/** Whether power may flow out of the house; then a phase may carry less than its loads take. */
export function generates(site: Site): boolean {
  return site.solarW !== null || site.batteryW !== null || site.batteryPct !== null;
}

/**
 * What the roof and the battery give on each phase [A], below 0 what the battery takes; empty without either.
 *
 * Only their sum is measured. It is shared out evenly, but no phase gets less than its loads take beyond what flows in:
 * so the house's own part is never below 0 on any phase, and all parts add up.
 */
export function ownByPhase(site: Site, drawnA: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const phases = site.phases.filter((phase) => (site.gridA[phase] ?? null) !== null);
  if (!generates(site) || phases.length === 0) return {};
  const totalA = ((site.solarW ?? 0) - (site.batteryW ?? 0)) / site.voltageV;
  const leastA = phases.map((phase) => (drawnA[phase] ?? 0) - (site.gridA[phase] ?? 0));
  const levelA = levelOf(leastA, totalA);
  const level = totalA < 0 ? levelA : Math.max(levelA, 0);
  return Object.fromEntries(phases.map((phase, place) => [phase, Math.max(leastA[place] ?? 0, level)]));
}

/** To what the lowest are raised so that all add up to a total; none is raised where they are above it already. */
function levelOf(least: readonly number[], total: number): number {
  const rising = [...least].sort((a, b) => a - b);
  for (let count = rising.length; count > 0; count--) {
    const level = (total - sum(rising.slice(count))) / count;
    if (level >= (rising[count - 1] ?? 0)) return level;
  }
  return rising[0] ?? 0;
}

/** What most of the house's own power comes from. */
export function ownSource({ solarW, batteryW }: Site): "sun" | "battery" {
  return Math.max(-(batteryW ?? 0), 0) > (solarW ?? 0) ? "battery" : "sun";
}

/** Net import over all phases [W]; null while a meter is silent. */
export function importW(site: Site): number | null {
  let total = 0;
  for (const phase of site.phases) {
    const amps = site.gridA[phase] ?? null;
    if (amps === null) return null;
    total += amps * site.voltageV;
  }
  return site.phases.length === 0 ? null : total;
}

/** Less is shown as 0.0 kW, and has no direction. */
const SEEN_W = 50;

/** Whether a battery takes or gives. */
export function batteryWay(watts: number | null): "in" | "out" | "rests" {
  if (watts === null || Math.abs(watts) < SEEN_W) return "rests";
  return watts > 0 ? "in" : "out";
}
