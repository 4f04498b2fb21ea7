/** Phases and circuits -> bars: the house, each load and what is free, in amps against the fuse. */

import { minutesIn } from "./age";
import { BATTERY_IN, HOUSE } from "./colours";
import type { Load } from "./load";
import { sum } from "./read";
import { type Circuit, generates, ownByPhase, type Site } from "./site";

export interface Segment {
  readonly key: string;
  /** Empty for the house and the battery. */
  readonly title: string;
  readonly colour: string;
  readonly fromA: number;
  readonly toA: number;
}

export interface Bar {
  readonly phase: string;
  /** What flows through the fuse, below 0 outwards; null while the meter is silent. */
  readonly flowA: number | null;
  readonly fuseA: number;
  readonly freeA: number | null;
  readonly over: boolean;
  /** The age of its reading [min] while its meter is silent, otherwise null. */
  readonly silentMin: number | null;
  /** What flows beyond the fuse, in or out [A]; null where nothing does. */
  readonly beyondA: readonly [number, number] | null;
  readonly segments: readonly Segment[];
  /** What the house makes itself and uses on this phase, or sends out [A]. */
  readonly ownA: number;
  /** As much of that leaves the house [A]. */
  readonly exportA: number;
}

export interface Wire {
  /** `main`, or the circuit's name. */
  readonly name: string;
  readonly fuseA: number;
  readonly bars: readonly Bar[];
}

/** One thing that takes amps of a phase. */
export interface Taker {
  readonly key: string;
  readonly title: string;
  readonly colour: string;
  readonly amps: number;
}

/** Less than this is a reading's wavering, and not drawn. */
export const SEEN_A = 0.05;

export function wiresOf(site: Site, loads: readonly Load[]): readonly Wire[] {
  if (site.fuseA === null) return [];
  const main: Circuit = { name: "main", parent: "", fuseA: site.fuseA, flowA: site.gridA };
  return [main, ...site.circuits].map((circuit) => ({
    name: circuit.name,
    fuseA: circuit.fuseA,
    bars: Object.keys(circuit.flowA)
      .sort()
      .map((phase) => ({ ...barOf(circuit, phase, within(circuit, site, loads), ownOn(circuit, phase, site, loads)), silentMin: silentMin(site, circuit, phase) })),
  }));
}

/** What the house's own sources give on a phase of a circuit [A]; null where there are none. */
function ownOn(circuit: Circuit, phase: string, site: Site, loads: readonly Load[]): number | null {
  if (!generates(site)) return null;
  if (circuit.name === "main") return ownOfPhase(site, loads, phase);
  // Nobody tells behind which circuit the inverter is: it gives what the loads there take beyond what flows in.
  return Math.max(sum(takersOn(phase, within(circuit, site, loads)).map((taker) => taker.amps)) - (circuit.flowA[phase] ?? 0), 0);
}

export function ownOfPhase(site: Site, loads: readonly Load[], phase: string): number | null {
  const drawnA = Object.fromEntries(site.phases.map((each) => [each, sum(takersOn(each, loads).map((taker) => taker.amps))]));
  return ownByPhase(site, drawnA)[phase] ?? null;
}

function silentMin({ silentS }: Site, { name }: Circuit, phase: string): number | null {
  const silent = silentS[`${name} ${phase}`] ?? null;
  return silent === null ? null : minutesIn(1000 * silent);
}

function barOf(circuit: Circuit, phase: string, loads: readonly Load[], ownA: number | null): Omit<Bar, "silentMin"> {
  const flowA = circuit.flowA[phase] ?? null;
  const over = flowA !== null && Math.abs(flowA) > circuit.fuseA;
  const freeA = flowA === null ? null : circuit.fuseA - flowA;
  const segments = flowA === null ? [] : stacked(flowA, takersOn(phase, loads), ownA);
  const exportA = Math.max(-(flowA ?? 0), 0);
  const beyondA = over ? beyond(flowA, circuit.fuseA) : null;
  const givenA = flowA === null ? 0 : Math.max(exportA, ownA ?? 0);
  return { phase, flowA, fuseA: circuit.fuseA, freeA, over, beyondA, segments, ownA: givenA, exportA };
}

function beyond(flowA: number, fuseA: number): readonly [number, number] {
  return flowA > 0 ? [fuseA, flowA] : [flowA, -fuseA];
}

export function takersOn(phase: string, loads: readonly Load[]): readonly Taker[] {
  return loads.map(({ entity, title, colour, drawA }) => ({ key: entity, title, colour, amps: drawA[phase] ?? 0 }));
}

/**
 * The house, the loads and a charging battery side by side, so that they end at what flows through the fuse.
 *
 * With own production (`ownA`, below 0 where a battery takes) they begin left of zero: so much of them is not drawn from
 * the street. Without any (null), readings that are not of one moment may say so too; then they are cut at what flows.
 */
export function stacked(flow: number, takers: readonly Taker[], ownA: number | null): readonly Segment[] {
  const gives = Math.max(ownA ?? 0, 0);
  const battery = { key: "battery", title: "", colour: BATTERY_IN, amps: Math.max(-(ownA ?? 0), 0) };
  const all = [...takers, battery];
  const house = flow + gives - sum(all.map((taker) => taker.amps));
  const found: Segment[] = [];
  let at = 0 - gives;
  const add = (key: string, title: string, colour: string, amps: number): void => {
    const to = ownA !== null ? at + amps : Math.min(at + amps, Math.max(flow, 0));
    if (to - at > SEEN_A) found.push({ key, title, colour, fromA: at, toA: to });
    at = Math.max(to, at);
  };
  add("house", "", HOUSE, Math.max(house, 0));
  for (const { key, title, colour, amps } of all) add(key, title, colour, Math.max(amps, 0));
  return found;
}

/** The loads behind a circuit's fuse. */
function within(circuit: Circuit, site: Site, loads: readonly Load[]): readonly Load[] {
  if (circuit.name === "main") return loads;
  const inside = new Set([circuit.name]);
  // Parents come before their children.
  for (const each of site.circuits) if (inside.has(each.parent)) inside.add(each.name);
  return loads.filter((load) => inside.has(load.circuit));
}

/** The ends of the axis that all bars share [A]. It only grows with what was seen, so that nothing jumps to and fro. */
export interface Axis {
  readonly leftA: number;
  readonly rightA: number;
}

export function axisOf(wires: readonly Wire[], before: Axis | null): Axis {
  const fuseA = wires[0]?.fuseA ?? 0;
  const ends = wires.flatMap((wire) => wire.bars.flatMap((bar) => bar.segments));
  const low = Math.min(0, ...ends.map((segment) => segment.fromA), ...flows(wires));
  const high = Math.max(fuseA, ...ends.map((segment) => segment.toA));
  const leftA = -Math.ceil(-low / (fuseA / 4 || 1)) * (fuseA / 4);
  const rightA = Math.max(fuseA * 1.12, Math.min(high * 1.04, fuseA * 2));
  return { leftA: Math.min(leftA, before?.leftA ?? 0) || 0, rightA: Math.max(rightA, before?.rightA ?? 0) };
}

function flows(wires: readonly Wire[]): readonly number[] {
  return wires.flatMap((wire) => wire.bars.map((bar) => bar.flowA ?? 0));
}
