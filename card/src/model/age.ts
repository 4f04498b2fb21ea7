/** How old the shown numbers are, where they are old at all. */

import type { HassState, Link } from "../ha";
import { num } from "./read";

export interface Age {
  readonly minutes: number;
  /** `all`: nothing new arrives; `meter`: Fusebox runs, and its meter is silent. */
  readonly of: "all" | "meter";
}

const MINUTE_MS = 60_000;
/** The scripts write the site anew at least every 30 s; identical numbers do not count as an update. */
const SILENT_MS = 3 * MINUTE_MS;
/** A meter that reports every 30 s is not old. */
const METER_SILENT_S = 60;

/** Null while the numbers are fresh. `lostMs`: since when there has been no connection, null while there is one. */
export function ageOf(site: HassState | undefined, link: Link, lostMs: number | null, nowMs: number): Age | null {
  if (site === undefined) return null;
  if (link === "unreachable" && lostMs !== null) return { minutes: minutesIn(nowMs - lostMs), of: "all" };
  const writtenMs = Date.parse(site.last_updated ?? "");
  if (nowMs - writtenMs > SILENT_MS) return { minutes: minutesIn(nowMs - writtenMs), of: "all" };
  const meterS = num(site.attributes.data_age_s) ?? 0;
  return meterS > METER_SILENT_S ? { minutes: minutesIn(1000 * meterS), of: "meter" } : null;
}

/** The same object where nothing has changed. */
export function sameAge(before: Age | null, now: Age | null): Age | null {
  return before?.minutes === now?.minutes && before?.of === now?.of ? before : now;
}

export function minutesIn(ms: number): number {
  return Math.floor(Math.max(ms, 0) / MINUTE_MS);
}
