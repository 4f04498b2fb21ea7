/** Looks at the past -> layers over time: in watts for the whole house, in amps for one phase. */

import { BATTERY_IN, HOUSE, SUN } from "./colours";
import { flowOf } from "./flow";
import type { Look } from "./history";
import { importW } from "./site";
import { ownOfPhase, stacked, takersOn } from "./wire";

export const TOTAL = "total";

export interface Layer {
  readonly key: string;
  readonly colour: string;
  /** A load's name; empty for what the words know. */
  readonly title: string;
  /** One for each look, null where nothing is known: where the layer begins and ends. */
  readonly spans: readonly (readonly [number, number] | null)[];
}

export interface Line {
  readonly key: "grid" | "sun";
  readonly colour: string;
  readonly values: readonly (number | null)[];
}

export interface Chart {
  /** Oldest first [ms]. */
  readonly times: readonly number[];
  readonly layers: readonly Layer[];
  readonly lines: readonly Line[];
}

interface Column {
  readonly spans: ReadonlyMap<string, readonly [number, number]>;
  readonly grid: number;
  readonly sun: number | null;
}

export function chartOf(looks: readonly Look[], view: string): Chart {
  const kinds = kindsOf(looks);
  const columns = looks.map((look) => (view === TOTAL ? totalOf(look) : phaseOf(look, view)));
  const layers = kinds.map((kind) => ({
    ...kind,
    spans: columns.map((column) => (column === null ? null : (column.spans.get(kind.key) ?? null))),
  }));
  const lines: Line[] = [{ key: "grid", colour: "var(--primary-text-color)", values: columns.map((each) => each?.grid ?? null) }];
  if (columns.some((each) => each?.sun != null)) {
    lines.push({ key: "sun", colour: SUN, values: columns.map((each) => each?.sun ?? null) });
  }
  return {
    times: looks.map((look) => look.atMs),
    layers: layers.filter((layer) => layer.spans.some((span) => span !== null && span[1] - span[0] > 0)),
    lines,
  };
}

function kindsOf(looks: readonly Look[]): readonly Omit<Layer, "spans">[] {
  const loads = new Map(looks.flatMap((look) => look.loads).map((load) => [load.entity, load]));
  return [
    { key: "house", colour: HOUSE, title: "" },
    ...[...loads.values()].map(({ entity, colour, title }) => ({ key: entity, colour, title })),
    { key: "battery", colour: BATTERY_IN, title: "" },
  ];
}

function totalOf(look: Look): Column | null {
  const flow = flowOf(look.site, look.loads);
  const grid = importW(look.site);
  if (flow === null || grid === null) return null;
  const spans = new Map<string, readonly [number, number]>();
  let at = 0;
  for (const part of flow.to) {
    spans.set(part.key, [at, at + part.watts]);
    at += part.watts;
  }
  return { spans: everywhere(spans, look, at), grid, sun: look.site.solarW };
}

function phaseOf(look: Look, phase: string): Column | null {
  const grid = look.site.gridA[phase] ?? null;
  if (grid === null) return null;
  const ownA = ownOfPhase(look.site, look.loads, phase);
  const givenA = Math.max(ownA ?? 0, 0);
  const segments = stacked(grid, takersOn(phase, look.loads), ownA);
  const spans = new Map(segments.map((each) => [each.key, [each.fromA + givenA, each.toA + givenA] as const]));
  return { spans: everywhere(spans, look, (segments.at(-1)?.toA ?? 0) + givenA), grid, sun: ownA === null ? null : givenA };
}

/** What is not there has no height, at the place where it would be: a layer that comes and goes has no gap beside it. */
function everywhere(
  spans: ReadonlyMap<string, readonly [number, number]>,
  look: Look,
  top: number,
): ReadonlyMap<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  let at = spans.values().next().value?.[0] ?? Math.min(top, 0);
  for (const key of ["house", ...look.loads.map((load) => load.entity), "battery"]) {
    const span = spans.get(key) ?? ([at, at] as const);
    found.set(key, span);
    at = span[1];
  }
  return found;
}

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** Round ends around what is shown; `limits` are in the picture where they are not far above everything. */
export function scaleOf(chart: Chart, limits: readonly number[]): Scale {
  const seen = [
    ...chart.layers.flatMap((layer) => layer.spans.flatMap((span) => (span === null ? [] : [...span]))),
    ...chart.lines.flatMap((line) => line.values.filter((value) => value !== null)),
  ];
  const top = Math.max(0, ...seen);
  const near = limits.filter((limit) => limit <= Math.max(top, 1) * 3);
  const high = Math.max(top, ...near.map((limit) => limit * 1.05)) || 1;
  const low = Math.min(0, ...seen);
  const step = roundStep((high - low) / 5);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step);
  return { low: first * step, high: last * step, ticks };
}

/** The limits that are in the picture: a far one would be drawn over what stands above it. */
export function within(limits: readonly number[], { high }: Scale): readonly number[] {
  return limits.filter((limit) => limit <= high);
}

function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}
