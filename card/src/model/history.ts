/**
 * The past from Home Assistant's history: the house as it was, looked at every few minutes.
 *
 * A look is a question for the states at one moment, attributes and all. The entities change each second, so that all
 * of their history would be megabytes; some seventy looks are a few dozen kilobytes. What stood at a moment is what was
 * recorded last before it: while Home Assistant is off, nothing changes.
 */

import type { Hass, HassState } from "../ha";
import { type Load, loadOf } from "./load";
import { SITE, type Site, siteOf } from "./site";

export interface Look {
  readonly atMs: number;
  readonly site: Site;
  readonly loads: readonly Load[];
}

const LOOKS = 72;
interface Past {
  readonly s: string;
  readonly a?: Readonly<Record<string, unknown>>;
}

/** The moments of the last hours, newest first, the same for whoever looks within one step. */
export function momentsOf(nowMs: number, hours: number): readonly number[] {
  const stepMs = (hours * 3_600_000) / LOOKS;
  const newest = Math.floor(nowMs / stepMs) * stepMs;
  return Array.from({ length: LOOKS }, (_, back) => newest - back * stepMs);
}

export async function lookBack(hass: Hass, atMs: number, loads: readonly string[]): Promise<Look | null> {
  const found = await hass.callWS<Record<string, readonly Past[]>>({
    type: "history/history_during_period",
    start_time: new Date(atMs).toISOString(),
    end_time: new Date(atMs + 1).toISOString(),
    entity_ids: [SITE, ...loads],
    significant_changes_only: false,
  });
  return lookOf(found, atMs, loads);
}

export function lookOf(found: Readonly<Record<string, readonly Past[]>>, atMs: number, loads: readonly string[]): Look | null {
  const states: Record<string, HassState> = {};
  for (const [entity, pasts] of Object.entries(found)) {
    const past = pasts[0];
    if (past !== undefined) {
      states[entity] = { entity_id: entity, state: past.s, attributes: past.a ?? {}, last_changed: "" };
    }
  }
  return states[SITE] === undefined ? null : lookAt(states, atMs, loads);
}

/** The house of some states: those of now, or of another moment. */
export function lookAt(states: Hass["states"], atMs: number, loads: readonly string[]): Look {
  const site = siteOf(states);
  const seen = loads.flatMap((entity, index) => {
    const state = states[entity];
    return state === undefined ? [] : [loadOf(state, site, index, states)];
  });
  return { atMs, site, loads: seen };
}
