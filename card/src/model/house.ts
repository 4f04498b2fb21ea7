/** All states of Home Assistant -> the house; only what has changed since the last time is read anew. */

import type { Hass, HassState } from "../ha";
import { type Load, loadOf } from "./load";
import { type PriceSpan, priceSpanOf, priceUnitOf, PRICES } from "./plan";
import { type Group, groupsOf } from "./radiators";
import { SITE, type Site, siteOf } from "./site";
import { PEAK, type Tariff, tariffOf } from "./tariff";

type Source = HassState | undefined;

export interface House {
  readonly site: Site;
  readonly loads: readonly Load[];
  readonly tariff: Tariff | null;
  readonly groups: readonly Group[];
  /** Such as `EUR/kWh`; empty where there are no prices. */
  readonly priceUnit: string;
  /** The same object until the ends of the prices are others. */
  readonly priceSpan: PriceSpan;
  /** What this was made of: the same objects mean the same house. */
  readonly made: readonly Source[];
  /** Load's entity -> what it was made of. */
  readonly madeOf: ReadonlyMap<string, readonly unknown[]>;
}

export function houseOf(states: Hass["states"], before: House | null): House {
  if (before !== null && same(sourcesOf(states, before.site), before.made)) return before;
  const site = siteOf(states);
  const old = new Map(before?.loads.map((load) => [load.entity, load]));
  const madeOf = new Map<string, readonly unknown[]>();
  const loads: Load[] = [];
  site.loads.forEach((entity, index) => {
    const state = states[entity];
    if (state === undefined) return;
    const sources = [...besideOf(states, entity), index, site.voltageV];
    const kept = same(sources, before?.madeOf.get(entity) ?? []) ? old.get(entity) : undefined;
    loads.push(kept ?? loadOf(state, site, index, states));
    madeOf.set(entity, sources);
  });
  const made = sourcesOf(states, site);
  const [tariff, groups, priceUnit, priceSpan] = [tariffOf(states), groupsNow(states), priceUnitOf(states), priceSpanOf(states)];
  return { site, loads, tariff, groups, priceUnit, priceSpan, made, madeOf };
}

/** Every state that is shown. */
function sourcesOf(states: Hass["states"], site: Site): readonly Source[] {
  const loads = site.loads.flatMap((entity) => besideOf(states, entity));
  return [...[SITE, PEAK, PRICES, ...groupIds(states)].map((entity) => states[entity]), ...loads];
}

function besideOf(states: Hass["states"], entity: string): readonly Source[] {
  return [states[entity], states[`${entity}_energy`], states[`${entity}_power`]];
}

let seenGroups: { readonly count: number; readonly ids: readonly string[] } = { count: -1, ids: [] };

/** Looking through thousands of states each second would cost; a new one makes their number another. */
function groupIds(states: Hass["states"]): readonly string[] {
  const count = Object.keys(states).length;
  if (count !== seenGroups.count) seenGroups = { count, ids: groupsOf(states).map((group) => group.entity) };
  return seenGroups.ids;
}

function groupsNow(states: Hass["states"]): readonly Group[] {
  return groupsOf(Object.fromEntries(groupIds(states).map((entity) => [entity, states[entity]])));
}

function same(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, place) => each === other[place]);
}
