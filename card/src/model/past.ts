/** The looks at the past that were fetched: each once, whoever shows them, for as long as the page is open. */

import type { Hass } from "../ha";
import { type Look, lookBack, momentsOf } from "./history";

/** `<entities> <moment>` -> what was found; null where nothing is recorded. */
const FOUND = new Map<string, Look | null>();
const AT_ONCE = 4;
const KEPT = 1000;

export function known(loads: readonly string[], nowMs: number, hours: number): readonly Look[] {
  return momentsOf(nowMs, hours)
    .map((atMs) => FOUND.get(keyOf(loads, atMs)))
    .filter((look): look is Look => look != null)
    .reverse();
}

/** Fetch what is missing, newest first; `more` is told now and then that there is more. False where it cannot be had. */
export async function fetchPast(
  hass: Hass,
  loads: readonly string[],
  nowMs: number,
  hours: number,
  more: () => void,
): Promise<boolean> {
  const missing = momentsOf(nowMs, hours).filter((atMs) => !FOUND.has(keyOf(loads, atMs)));
  if (FOUND.size > KEPT) FOUND.clear();
  for (let first = 0; first < missing.length; first += AT_ONCE) {
    const some = missing.slice(first, first + AT_ONCE);
    try {
      const looks = await Promise.all(some.map((atMs) => lookBack(hass, atMs, loads)));
      some.forEach((atMs, place) => FOUND.set(keyOf(loads, atMs), looks[place] ?? null));
    } catch {
      // No history, or nobody there to answer: what is known stays.
      return false;
    }
    if (first % (AT_ONCE * 6) === 0) more();
  }
  if (missing.length > 0) more();
  return true;
}

function keyOf(loads: readonly string[], atMs: number): string {
  return `${loads.join(" ")} ${atMs}`;
}
