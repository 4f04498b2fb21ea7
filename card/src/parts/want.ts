/** How a load's element tells its card that a person wants something. */

import type { Asks, Wish } from "../model/asks";
import type { Load } from "../model/load";
import type { PriceSpan } from "../model/plan";
import type { Control } from "../model/service";
import type { Say } from "../words/words";

export interface Wanted {
  readonly load: Load;
  readonly control: Control;
  readonly value: Wish;
}

/** A load's element, as far as its controls need it. */
export interface Host extends HTMLElement {
  readonly load: Load;
  readonly asks: Asks;
  readonly say: Say;
  readonly language: string;
  readonly zone: string | undefined;
  /** Such as `EUR/kWh`; empty where there are no prices. */
  readonly priceUnit: string;
  readonly priceSpan: PriceSpan;
}

export function want(host: Host, control: Control, value: Wish): void {
  const detail: Wanted = { load: host.load, control, value };
  host.dispatchEvent(new CustomEvent("fusebox-wanted", { detail, bubbles: true, composed: true }));
}
