/** Values of CONFIG that can be set behind the gear: the site's and each load's, as their entities show them. */

import type { Hass } from "../ha";
import type { Key } from "../words/words";
import type { Wish } from "./asks";
import { num, text } from "./read";
import { SITE, type Site } from "./site";

interface Span {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: string;
}

export interface Setting {
  readonly entity: string;
  /** The load as services call it, or `site`. */
  readonly owner: string;
  /** As CONFIG and the entity call it. */
  readonly key: string;
  readonly label: Key;
  /** Null where nothing limits. */
  readonly value: Wish | null;
  /** Of a number. */
  readonly span: Span | null;
  /** Of one of a few words. */
  readonly options: readonly string[];
}

const DISTRIBUTIONS = ["priority", "shared", "optimized", "strict"];
const PERCENT: Span = { min: 0, max: 100, step: 1, unit: "%" };
const WATER: Span = { min: 5, max: 95, step: 1, unit: "°C" };
const ROOM: Span = { min: 5, max: 35, step: 0.5, unit: "°C" };

interface Row {
  readonly key: string;
  readonly label: Key;
  readonly span?: (told: Told, site: Site) => Span;
  readonly options?: readonly string[];
}
type Told = Readonly<Record<string, unknown>>;

export const SITE_ROWS: readonly Row[] = [
  { key: "distribution", label: "set_distribution", options: DISTRIBUTIONS },
  { key: "max_import_w", label: "set_max_import_w", span: (_, site) => ({ min: 0, max: fuseW(site, site.phases.length), step: 100, unit: "W" }) },
  { key: "soc_target_pct", label: "set_soc_target_pct", span: () => PERCENT },
  { key: "soc_min_pct", label: "set_soc_min_pct", span: () => PERCENT },
  { key: "allow_grid_charging", label: "set_allow_grid_charging" },
  { key: "dry_run", label: "set_dry_run" },
];
export const LOAD_ROWS: readonly Row[] = [
  { key: "min_a", label: "set_min_a", span: (told) => ({ min: 6, max: num(told.highest_a) ?? 6, step: 1, unit: "A" }) },
  { key: "rated_w", label: "set_rated_w", span: (told, site) => ({ min: 25, max: fuseW(site, wiresOf(told)), step: 10, unit: "W" }) },
  { key: "max_w", label: "set_max_w", span: (told, site) => ({ min: 25, max: fuseW(site, wiresOf(told)), step: 10, unit: "W" }) },
  { key: "normal_c", label: "set_normal_c", span: heatOf },
  { key: "boost_c", label: "set_boost_c", span: heatOf },
];

export function keyOfSetting({ entity, key }: Setting): string {
  return `${entity} set:${key}`;
}

/** The settings of the site, or of a load by its entity. */
export function settingsOf(states: Hass["states"], site: Site, entity: string): readonly Setting[] {
  const told = states[entity]?.attributes ?? {};
  const isSite = entity === SITE;
  const owner = entity.slice("sensor.fusebox_".length);
  return (isSite ? SITE_ROWS : LOAD_ROWS)
    .filter(({ key }) => key in told)
    .map(({ key, label, span, options }) => ({
      entity,
      owner,
      key,
      label,
      value: valueIn(told[key]),
      span: span === undefined ? null : span(told, site),
      options: options ?? [],
    }))
    .filter((each) => each.span === null || each.span.min < each.span.max);
}

export function valueIn(value: unknown): Wish | null {
  return typeof value === "boolean" ? value : (num(value) ?? (text(value) || null));
}

function heatOf(told: Told): Span {
  return told.type === "thermostat" ? ROOM : WATER;
}

function fuseW(site: Site, wires: number): number {
  return Math.round((site.fuseA ?? 0) * site.voltageV * wires);
}

function wiresOf(told: Told): number {
  return Array.isArray(told.phases) ? told.phases.length : 1;
}
