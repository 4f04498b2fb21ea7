/** What the picture of today shows: the past, fetched bit by bit, and now; made anew every ten seconds and no sooner. */

import type { ReactiveControllerHost } from "lit";
import type { Hass } from "./ha";
import { happened, type Happened } from "./model/events";
import { type Look, lookAt } from "./model/history";
import type { House } from "./model/house";
import type { Load } from "./model/load";
import { fetchPast, known } from "./model/past";
import { pricesOf, type Slot } from "./model/plan";

export interface Shown {
  /** Oldest first, the last one of now. */
  readonly looks: readonly Look[];
  readonly loads: readonly Load[];
  readonly events: readonly Happened[];
  readonly prices: readonly Slot[];
  readonly priceUnit: string;
  readonly phases: readonly string[];
  readonly targetW: number | null;
  readonly fuseA: number | null;
  readonly hours: number;
  readonly nowMs: number;
}

const DRAWN_AGAIN_MS = 10_000;
const ASKED_AGAIN_MS = 60_000;

export class TodaySource {
  private past: readonly Look[] = [];
  private events: readonly Happened[] = [];
  private last: Shown | null = null;
  private asked = { atMs: 0, hours: 0, loads: "" };
  private asking = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** The same object until there is something new to draw. */
  shown(house: House, hass: Hass, hours: number): Shown {
    const nowMs = Date.now();
    void this.ask(house, hass, hours, nowMs);
    if (this.last === null || this.last.hours !== hours || nowMs - this.last.nowMs > DRAWN_AGAIN_MS) {
      const { site, loads, tariff } = house;
      this.last = {
        looks: [...this.past, lookAt(hass.states, nowMs, site.loads)],
        loads,
        events: this.events,
        prices: pricesOf(hass.states),
        priceUnit: house.priceUnit,
        phases: site.phases,
        targetW: tariff?.targetKw == null ? null : tariff.targetKw * 1000,
        fuseA: site.fuseA,
        hours,
        nowMs,
      };
    }
    return this.last;
  }

  private async ask({ site }: House, hass: Hass, hours: number, nowMs: number): Promise<void> {
    const loads = site.loads.join(" ");
    const waits = nowMs - this.asked.atMs < ASKED_AGAIN_MS && this.asked.hours === hours && this.asked.loads === loads;
    if (this.asking || waits) return;
    this.asking = true;
    this.asked = { atMs: nowMs, hours, loads };
    const show = (): void => {
      this.past = known(site.loads, nowMs, hours);
      this.last = null;
      this.host.requestUpdate();
    };
    this.events = await happened(hass, nowMs - hours * 3_600_000);
    await fetchPast(hass, site.loads, nowMs, hours, show);
    this.asking = false;
    show();
  }
}
