/** What a person asks of a load: shown at once, called, and told how it went; and what parts ask of services. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Hass } from "./ha";
import { answered, type Asks, asked, LATE_MS, NO_ASKS, settled, type Wish } from "./model/asks";
import type { House } from "./model/house";
import type { Reason } from "./model/reason";
import { ask, call, callSetting, type Control, keyOf, patienceMs, shownOf } from "./model/service";
import { keyOfSetting, valueIn } from "./model/settings";
import type { Question } from "./parts/question";
import type { Set } from "./parts/settings";
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
    this.host.addEventListener("fusebox-set", this.set as EventListener);
    this.host.addEventListener("fusebox-question", this.question as EventListener);
  }

  hostDisconnected(): void {
    this.host.removeEventListener("fusebox-wanted", this.wanted as EventListener);
    this.host.removeEventListener("fusebox-set", this.set as EventListener);
    this.host.removeEventListener("fusebox-question", this.question as EventListener);
  }

  /** The house has changed, or time has gone by. */
  settle(): void {
    if (this.asks.size > 0) this.become(settled(this.asks, (key) => this.shown(key), Date.now()));
  }

  private readonly wanted = (event: CustomEvent<Wanted>): void => {
    const { load, control, value } = event.detail;
    const key = keyOf(load, control);
    void this.ask(key, value, patienceMs(control), (hass) => call(hass, load, control, value));
  };

  private readonly set = (event: CustomEvent<Set>): void => {
    const { setting, value } = event.detail;
    void this.ask(keyOfSetting(setting), value, LATE_MS, (hass) => callSetting(hass, setting, value));
  };

  private readonly question = ({ detail }: CustomEvent<Question>): void => {
    const { current } = this.host;
    if (current !== undefined) detail.answer = ask(current, detail.service, detail.data);
  };

  private async ask(key: string, value: Wish, patience: number, calls: (hass: Hass) => Promise<Reason | null>): Promise<void> {
    const { current } = this.host;
    if (current === undefined) return;
    const sinceMs = Date.now();
    this.become(asked(this.asks, key, value, sinceMs, patience));
    const refusal = await calls(current);
    this.become(answered(this.asks, key, sinceMs, refusal, Date.now()));
    this.settle();
  }

  private shown(key: string): Wish | null {
    const [entity, control = ""] = key.split(" ");
    if (control.startsWith("set:")) return valueIn(this.host.current?.states[entity ?? ""]?.attributes[control.slice("set:".length)]);
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
