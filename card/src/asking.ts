/** What a person asks of a load: shown at once, called, and told how it went. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Hass } from "./ha";
import { answered, type Asks, asked, NO_ASKS, settled, type Wish } from "./model/asks";
import type { House } from "./model/house";
import type { Load } from "./model/load";
import { call, type Control, keyOf, patienceMs, shownOf } from "./model/service";
import type { Wanted } from "./parts/want";

interface Host extends ReactiveControllerHost, EventTarget {
  readonly house: House | null;
  readonly current: Hass | undefined;
}

export class Asking implements ReactiveController {
  asks: Asks = NO_ASKS;

  constructor(private readonly host: Host) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener("fusebox-wanted", this.wanted as EventListener);
  }

  hostDisconnected(): void {
    this.host.removeEventListener("fusebox-wanted", this.wanted as EventListener);
  }

  /** The house has changed, or time has gone by. */
  settle(): void {
    if (this.asks.size > 0) this.become(settled(this.asks, (key) => this.shown(key), Date.now()));
  }

  private readonly wanted = (event: CustomEvent<Wanted>): void => {
    const { load, control, value } = event.detail;
    void this.ask(load, control, value);
  };

  private async ask(load: Load, control: Control, value: Wish): Promise<void> {
    const { current } = this.host;
    if (current === undefined) return;
    const key = keyOf(load, control);
    const sinceMs = Date.now();
    this.become(asked(this.asks, key, value, sinceMs, patienceMs(control)));
    const refusal = await call(current, load, control, value);
    this.become(answered(this.asks, key, sinceMs, refusal, Date.now()));
    this.settle();
  }

  private shown(key: string): Wish | null {
    const [entity, control] = key.split(" ");
    const load = this.host.house?.loads.find((each) => each.entity === entity);
    const wanted = this.asks.get(key)?.wanted;
    return load === undefined || wanted === undefined ? null : shownOf(load, control as Control, wanted);
  }

  private become(asks: Asks): void {
    if (asks === this.asks) return;
    this.asks = asks;
    this.host.requestUpdate();
  }
}
