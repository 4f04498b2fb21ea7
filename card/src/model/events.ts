/** What happened, from Home Assistant's logbook: the entries that Fusebox writes for its site. */

import type { Hass } from "../ha";
import { lookBack } from "./history";
import { NO_REASON, type Reason } from "./reason";
import { SITE } from "./site";

export interface Happened {
  readonly atMs: number;
  /** limited, shed, blind, recovered, escalated. */
  readonly kind: string;
  readonly load: string;
  readonly reason: Reason;
}

interface Entry {
  readonly when?: number;
  readonly name?: string;
  readonly message?: string;
}

/** So many are shown with their sentence, the others as a mark in the picture. */
export const LISTED = 3;
/** Until the entity that an entry is about has been recorded as it was then. */
const RECORDED_MS = 2000;

/** `<entity> <moment>` -> the reason that was recorded then. */
const RECORDED = new Map<string, Reason>();

const KINDS = new Set(["limited", "shed", "blind", "recovered", "escalated"]);

/** Newest first; empty where there is no logbook. */
export async function happened(hass: Hass, fromMs: number): Promise<readonly Happened[]> {
  try {
    const entries = await hass.callWS<readonly Entry[]>({
      type: "logbook/get_events",
      start_time: new Date(fromMs).toISOString(),
      entity_ids: [SITE],
    });
    return await Promise.all(happenedOf(entries).map((each, place) => (place < LISTED ? withCode(hass, each) : each)));
  } catch {
    return [];
  }
}

export function happenedOf(entries: readonly Entry[]): readonly Happened[] {
  const found = entries.flatMap(({ when, name = "", message = "" }) => {
    const [kind = ""] = message.split(":", 1);
    if (when === undefined || !KINDS.has(kind)) return [];
    const load = name.replace(/^Fusebox ?/, "");
    return [{ atMs: when * 1000, kind, load: load === "site" ? "" : load, reason: { ...NO_REASON, sentence: message.slice(kind.length + 1).trim() } }];
  });
  return found.sort((a, b) => b.atMs - a.atMs);
}

/** The logbook keeps sentences only: code and values are those of the reason that was recorded then, if it is the same one. */
async function withCode(hass: Hass, each: Happened): Promise<Happened> {
  const entity = each.load === "" ? SITE : `sensor.fusebox_${each.load}`;
  const key = `${entity} ${each.atMs}`;
  let recorded = RECORDED.get(key);
  if (recorded === undefined) {
    const look = await lookBack(hass, each.atMs + RECORDED_MS, each.load === "" ? [] : [entity]);
    recorded = (each.load === "" ? look?.site.reason : look?.loads[0]?.reason) ?? NO_REASON;
    RECORDED.set(key, recorded);
  }
  return { ...each, reason: codedAs(each, recorded) };
}

/** The sentence of an entry with the code of a reason that begins with it; a problem of a load begins with its path. */
export function codedAs({ load, reason }: Happened, recorded: Reason): Reason {
  const path = [`loads.${load}: `, `${load}: `].find((each) => reason.sentence.startsWith(each)) ?? "";
  const sentence = reason.sentence.slice(path.length);
  const isSame = recorded.sentence === sentence || recorded.sentence.startsWith(`${sentence}; `);
  return isSame && sentence !== "" ? { ...recorded, sentence } : { ...NO_REASON, sentence };
}
