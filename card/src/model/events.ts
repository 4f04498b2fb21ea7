/** What happened, from Home Assistant's logbook: the entries that Fusebox writes for its site. */

import type { Hass } from "../ha";
import { SITE } from "./site";

export interface Happened {
  readonly atMs: number;
  /** limited, shed, blind, recovered, escalated. */
  readonly kind: string;
  readonly load: string;
  readonly message: string;
}

interface Entry {
  readonly when?: number;
  readonly name?: string;
  readonly message?: string;
}

const KINDS = new Set(["limited", "shed", "blind", "recovered", "escalated"]);

/** Newest first; empty where there is no logbook. */
export async function happened(hass: Hass, fromMs: number): Promise<readonly Happened[]> {
  try {
    const entries = await hass.callWS<readonly Entry[]>({
      type: "logbook/get_events",
      start_time: new Date(fromMs).toISOString(),
      entity_ids: [SITE],
    });
    return happenedOf(entries);
  } catch {
    return [];
  }
}

export function happenedOf(entries: readonly Entry[]): readonly Happened[] {
  const found = entries.flatMap(({ when, name = "", message = "" }) => {
    const [kind = ""] = message.split(":", 1);
    if (when === undefined || !KINDS.has(kind)) return [];
    const load = name.replace(/^Fusebox ?/, "");
    return [{ atMs: when * 1000, kind, load: load === "site" ? "" : load, message: message.slice(kind.length + 1).trim() }];
  });
  return found.sort((a, b) => b.atMs - a.atMs);
}
