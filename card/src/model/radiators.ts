/** Groups of radiators -> a dot each: on, waiting for its turn, or warm enough. */

import type { Hass, HassState } from "../ha";
import { num, text, texts } from "./read";

export interface Dot {
  readonly name: string;
  readonly is: "on" | "waits" | "warm";
  readonly boosted: boolean;
}

export interface Group {
  readonly entity: string;
  readonly title: string;
  readonly dots: readonly Dot[];
  readonly allowed: number | null;
  readonly reason: string;
}

export function groupsOf(states: Hass["states"]): readonly Group[] {
  return Object.values(states)
    .filter((state): state is HassState => state !== undefined && isGroup(state))
    .map(groupOf);
}

/** Its entity's name is its user's choice; its attributes are not. */
function isGroup(state: HassState): boolean {
  return state.entity_id.startsWith("pyscript.") && Array.isArray(state.attributes.radiators) && "live" in state.attributes;
}

function groupOf(state: HassState): Group {
  const { live, requested, boost } = state.attributes;
  return {
    entity: state.entity_id,
    title: text(state.attributes.friendly_name).replace(/^Fusebox /, ""),
    dots: texts(state.attributes.radiators).map((name, place) => ({
      name,
      is: isOn(live, place) ? "on" : isOn(requested, place) || isOn(boost, place) ? "waits" : "warm",
      boosted: isOn(boost, place),
    })),
    allowed: num(state.attributes.allowed),
    reason: text(state.attributes.reason),
  };
}

function isOn(flags: unknown, place: number): boolean {
  return Array.isArray(flags) && flags[place] === 1;
}
