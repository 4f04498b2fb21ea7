/** Each phase a bar in amps: house, loads, free, against the fuse; circuits below. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { amps, figure, kw } from "../model/numbers";
import type { Axis, Bar, Segment, Wire } from "../model/wire";
import type { Say } from "../words/words";
import { define, LOOK } from "./base";

export class FuseboxWire extends LitElement {
  static override properties = {
    wires: { attribute: false },
    axis: { attribute: false },
    say: { attribute: false },
    language: {},
    voltage: { type: Number },
  };
  declare wires: readonly Wire[];
  declare axis: Axis;
  declare say: Say;
  declare language: string;
  declare voltage: number;

  static override styles = [
    LOOK,
    css`
      .row {
        display: grid;
        grid-template-columns: 24px minmax(0, 1fr) 66px;
        gap: 10px;
        align-items: center;
        height: 40px;
      }
      .sub .row {
        height: 28px;
      }
      .phase {
        font-weight: 500;
      }
      .bar {
        position: relative;
        height: 22px;
      }
      .sub .bar {
        height: 12px;
      }
      .track,
      .bar span {
        position: absolute;
        inset-block: 0;
        transition:
          left 0.6s,
          width 0.6s;
      }
      .track {
        background: var(--fb-track);
        border-radius: 5px;
      }
      .segment {
        background: var(--c);
        box-shadow: inset -1px 0 var(--fb-card);
      }
      .bar .fuse {
        width: 3px;
        margin-inline-start: -1.5px;
        inset-block: -4px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .zero {
        width: 1px;
        inset-block: -3px;
        background: var(--fb-dim);
      }
      .bar .beyond {
        background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
      }
      .over .fuse {
        background: var(--fb-bad);
      }
      .number b {
        font-size: 16px;
        font-weight: 500;
      }
      .number small {
        display: block;
        font-size: 12px;
        line-height: 1.2;
        color: var(--fb-dim);
      }
      .sub .number b {
        font-size: 14px;
      }
      h3 {
        margin-top: 6px;
        font-size: 13px;
      }
      .axis {
        position: relative;
        height: 16px;
        font-size: 11.5px;
        color: var(--fb-dim);
      }
      .axis span {
        position: absolute;
        transform: translateX(-50%);
        white-space: nowrap;
      }
      .scale {
        height: 16px;
      }
    `,
  ];

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
    const beyond = bar.over && (bar.flowA ?? 0) > 0 ? this.place(bar.fuseA, bar.flowA ?? 0) : null;
    return html`<div class="row ${bar.over ? "over" : ""}">
      <span class="phase">${bar.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(bar)}>
        <div class="track" style=${this.place(Math.max(this.axis.leftA, -bar.fuseA), bar.fuseA)}></div>
        ${bar.segments.map(
          (each) => html`<span
            class="segment"
            title="${this.called(each)} ${amps(each.toA - each.fromA, this.language)}"
            style="--c: ${each.colour}; ${this.place(each.fromA, each.toA)}"
          ></span>`,
        )}
        ${beyond === null ? nothing : html`<span class="beyond" style=${beyond}></span>`}
        ${this.axis.leftA < 0 ? html`<span class="zero" style="left: ${this.percent(0)}%"></span>` : nothing}
        <span class="fuse" style="left: ${this.percent(bar.fuseA)}%"></span>
      </div>
      <span class="number">
        <b>${amps(bar.flowA, this.language)}</b>
        ${main ? html`<small>${kw(bar.flowA === null ? null : bar.flowA * this.voltage, this.language)}</small>` : nothing}
      </span>
    </div>`;
  }

  private scale(fuseA: number, fuse: string): TemplateResult {
    return html`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA < 0 ? html`<span style="left: ${this.percent(0)}%">0</span>` : nothing}
        <span style="left: ${this.percent(fuseA)}%">${fuse}</span>
      </div>
    </div>`;
  }

  private percent(value: number): number {
    const { leftA, rightA } = this.axis;
    return Math.round((1e4 * (Math.min(Math.max(value, leftA), rightA) - leftA)) / (rightA - leftA)) / 100;
  }

  private place(fromA: number, toA: number): string {
    const left = this.percent(fromA);
    return `left: ${left}%; width: ${(this.percent(toA) - left).toFixed(2)}%`;
  }

  private called(segment: Segment): string {
    return segment.title || this.say("house");
  }

  private told(bar: Bar): string {
    const { say, language } = this;
    const parts = bar.segments.map((each) => `${this.called(each)} ${amps(each.toA - each.fromA, language)}`);
    const left = bar.freeA === null ? "" : `${amps(Math.abs(bar.freeA), language)} ${say(bar.freeA < 0 ? "over" : "free")}`;
    return [`${bar.phase} ${amps(bar.flowA, language)} ${say("of_fuse", amps(bar.fuseA, language))}`, ...parts, left]
      .filter((each) => each !== "")
      .join(", ");
  }
}

define("fusebox-card-wire", FuseboxWire);
