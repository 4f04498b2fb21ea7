/** Where the power comes from and where it goes: two rows of the same length. */

import { BATTERY_IN, BATTERY_OUT, EXPORT, GRID, HOUSE, SUN } from "./colours";
import type { Load } from "./load";
import { sum } from "./read";
import { importW, type Site } from "./site";

export interface Part {
  /** `sun`, `battery`, `grid`, `house`, or a load's entity. */
  readonly key: string;
  readonly colour: string;
  readonly watts: number;
  /** A load's own name; empty for what the words know. */
  readonly title: string;
}

export interface Flow {
  readonly from: readonly Part[];
  readonly to: readonly Part[];
  readonly totalW: number;
  readonly houseW: number;
}

const SEEN_W = 1;

/** Null while the meter is silent. */
export function flowOf(site: Site, loads: readonly Load[]): Flow | null {
  const net = importW(site);
  if (net === null) return null;
  const sunW = Math.max(site.solarW ?? 0, 0);
  const batteryW = site.batteryW ?? 0;
  const drawn = loads.map(({ entity, title, colour, drawW }) => part(entity, colour, drawW ?? 0, title));
  const houseW = Math.max(0, net + sunW - batteryW - sum(drawn.map((each) => each.watts)));
  const gives = drawn.filter((each) => each.watts < 0).map((each) => ({ ...each, watts: -each.watts }));
  const from = seen([part("sun", SUN, sunW), part("battery", BATTERY_OUT, -batteryW), ...gives, part("grid", GRID, net)]);
  const to = seen([part("house", HOUSE, houseW), ...drawn, part("battery", BATTERY_IN, batteryW), part("export", EXPORT, -net)]);
  const totalW = Math.max(sum(from.map((each) => each.watts)), sum(to.map((each) => each.watts)));
  return { from, to, totalW, houseW };
}

function part(key: string, colour: string, watts: number, title = ""): Part {
  return { key, colour, watts, title };
}

function seen(parts: readonly Part[]): readonly Part[] {
  return parts.filter((each) => each.watts > SEEN_W);
}
