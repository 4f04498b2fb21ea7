/** Each phase a bar in amps: house, loads, free, against the fuse; circuits below. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { BATTERY_OUT, EXPORT, hatched, SUN } from "../model/colours";
import { amps, figure, kw } from "../model/numbers";
import { type Axis, type Bar, SEEN_A, type Segment, type Wire } from "../model/wire";
import type { Say } from "../words/words";
import { define, LOOK } from "./base";
import { styled, titleOnPointer } from "./pieces";
import { WIRE_LOOK } from "./wire_look";

const OWN = {
  sun: { icon: "mdi:white-balance-sunny", colour: SUN },
  battery: { icon: "mdi:battery-medium", colour: BATTERY_OUT },
} as const;

export class FuseboxWire extends LitElement {
  static override properties = {
    wires: { attribute: false },
    axis: { attribute: false },
    say: { attribute: false },
    language: {},
    voltage: { type: Number },
    own: {},
  };
  declare wires: readonly Wire[];
  declare axis: Axis;
  declare say: Say;
  declare language: string;
  declare voltage: number;
  /** What feeds that which is left of 0. */
  declare own: keyof typeof OWN;

  static override styles = [LOOK, WIRE_LOOK];

  constructor() {
    super();
    titleOnPointer(this, (segment: Segment) => this.called(segment));
  }

  override render(): TemplateResult {
    return html`${this.wires.map((wire) => this.wire(wire))}`;
  }

  private wire(wire: Wire): TemplateResult {
    const main = wire.name === "main";
    const fuse = `${figure(wire.fuseA, wire.fuseA % 1 === 0 ? 0 : 1, this.language)} A`;
    return html`<section class=${main ? "main" : "sub"}>
      ${main ? nothing : html`<h3>${wire.name.replaceAll("_", " ")} <span class="dim">${fuse}</span></h3>`}
      ${wire.bars.map((bar) => this.bar(bar, main))}
      ${main ? this.scale(wire.fuseA, fuse) : nothing}
    </section>`;
  }

  private bar(bar: Bar, main: boolean): TemplateResult {
    return html`<div class="row ${bar.over ? "over" : ""} ${bar.silentMin === null ? "" : "silent"}">
      <span class="phase">${bar.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(bar)}>
        <div class="track" ${this.place(Math.max(this.axis.leftA, -bar.fuseA), bar.fuseA)}></div>
        ${main ? this.free(bar) : nothing}
        ${bar.segments.map(
          (each) => html`<span
            class="segment ${each.key}"
            .piece=${each}
            ${this.place(each.fromA, each.toA, each.colour)}
            >${main && each.key === "house" ? `${figure(each.toA - each.fromA, 0, this.language)} A\u00a0` : nothing}</span
          >`,
        )}
        ${this.made(bar)} ${bar.beyondA === null ? nothing : html`<span class="beyond" ${this.place(...bar.beyondA)}></span>`}
        ${this.axis.leftA < 0 ? html`<span class="zero" ${styled({ left: `${this.percent(0)}%` })}></span>` : nothing}
        ${this.axis.leftA <= -bar.fuseA ? html`<span class="fuse" ${styled({ left: `${this.percent(-bar.fuseA)}%` })}></span>` : nothing}
        <span class="fuse" ${styled({ left: `${this.percent(bar.fuseA)}%` })}></span>
      </div>
      <span class="number">
        <b>${amps(bar.flowA, this.language)}</b>
        ${bar.silentMin === null ? nothing : html`<small><ha-icon icon="mdi:clock-alert-outline"></ha-icon> ${bar.silentMin} min</small>`}
        ${main && bar.silentMin === null ? html`<small>${kw(bar.flowA === null ? null : bar.flowA * this.voltage, this.language)}</small>` : nothing}
      </span>
    </div>`;
  }

  private free({ flowA, freeA, fuseA, over }: Bar): TemplateResult | typeof nothing {
    if (flowA === null || freeA === null || over) return nothing;
    const words = `${figure(freeA, 0, this.language)} A ${this.say("free")}`;
    return html`<span class="free" ${this.place(Math.max(flowA, 0), fuseA)}>${words}</span>`;
  }

  /** Left of 0: what the house makes itself, and what of it leaves. */
  private made({ ownA, exportA }: Bar): TemplateResult | typeof nothing {
    if (ownA < SEEN_A) return nothing;
    const { colour } = OWN[this.own];
    const left: Segment = { key: "export", title: this.say("export"), colour: EXPORT, fromA: -exportA, toA: 0 };
    return html`
      ${exportA < SEEN_A
        ? nothing
        : html`<span class="export" .piece=${left} ${this.place(-exportA, 0, hatched(EXPORT))}></span>`}
      <span class="own" ${this.place(-ownA, 0, colour)}></span>
    `;
  }

  private scale(fuseA: number, fuse: string): TemplateResult {
    return html`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA < 0
          ? html`<span style="left: ${this.percent(this.axis.leftA / 2)}%; color: ${OWN[this.own].colour}"><ha-icon icon=${OWN[this.own].icon}></ha-icon></span>
              <span style="left: ${this.percent(0)}%">0</span>`
          : nothing}
        <span style="left: ${this.percent(fuseA)}%">${fuse}</span>
      </div>
    </div>`;
  }

  private percent(value: number): number {
    const { leftA, rightA } = this.axis;
    return Math.round((1000 * (Math.min(Math.max(value, leftA), rightA) - leftA)) / (rightA - leftA)) / 10;
  }

  private place(fromA: number, toA: number, colour = ""): unknown {
    const left = this.percent(fromA);
    const width = (this.percent(toA) - left).toFixed(1);
    return styled({ left: `${left}%`, width: `${width}%`, "--c": colour });
  }

  private called({ key, title, fromA, toA }: Segment): string {
    return `${title || this.say(key === "battery" ? "battery" : "house")} ${amps(toA - fromA, this.language)}`;
  }

  private told(bar: Bar): string {
    const { say, language } = this;
    const parts = bar.segments.map((each) => this.called(each));
    const out = bar.exportA < SEEN_A ? "" : `${say("export")} ${amps(bar.exportA, language)}`;
    const left = bar.freeA === null ? "" : `${amps(Math.abs(bar.freeA), language)} ${say(bar.freeA < 0 ? "over" : "free")}`;
    const old = bar.silentMin === null ? "" : say("old", bar.silentMin);
    return [`${bar.phase} ${amps(bar.flowA, language)} ${say("of_fuse", amps(bar.fuseA, language))}`, ...parts, out, left, old]
      .filter((each) => each !== "")
      .join(", ");
  }
}

define("fusebox-card-wire", FuseboxWire);
