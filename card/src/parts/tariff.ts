/** This window of the tariff against its target, and the month's peak. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { figure } from "../model/numbers";
import { type Tariff, windowOf } from "../model/tariff";
import type { Say } from "../words/words";
import { define, LOOK } from "./base";

export class FuseboxTariff extends LitElement {
  static override properties = { tariff: { attribute: false }, say: { attribute: false }, language: {} };
  declare tariff: Tariff;
  declare say: Say;
  declare language: string;

  static override styles = [
    LOOK,
    css`
      .line {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        align-items: baseline;
      }
      .bar {
        position: relative;
        height: 12px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--fb-track);
      }
      .bar span {
        position: absolute;
        inset-block: 0;
        left: 0;
        border-radius: 6px;
        background: var(--energy-grid-consumption-color, #488fc2);
        transition: width 0.6s;
      }
      .bar .beyond {
        background: var(--fb-bad);
      }
      .bar .cut {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
      }
      .bar i {
        position: absolute;
        inset-block: -3px;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .month {
        width: 2px;
        background: var(--fb-dim);
      }
      b {
        font-weight: 500;
        font-size: 16px;
      }
      small {
        font-size: 12.5px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { tariff, say } = this;
    const { projectedKw, targetKw, monthKw } = tariff;
    const { withinKw, beyondKw, endKw } = windowOf(tariff);
    const width = (value: number): string => `${((100 * value) / endKw).toFixed(1)}%`;
    return html`
      <div class="line">
        <h3>${say("window", tariff.windowMin)}</h3>
        <span><b>${this.kw(projectedKw)}</b> <small class="dim">${say("of_fuse", this.kw(targetKw))}</small></span>
      </div>
      <div class="bar" role="img" aria-label="${this.kw(projectedKw)} ${say("of_fuse", this.kw(targetKw))}">
        ${beyondKw > 0 ? html`<span class="beyond" style="width: ${width(withinKw + beyondKw)}"></span>` : nothing}
        <span class=${beyondKw > 0 ? "cut" : ""} style="width: ${width(withinKw)}"></span>
        ${monthKw === null || monthKw <= 0 ? nothing : html`<i class="month" style="left: ${width(monthKw)}"></i>`}
        ${targetKw === null ? nothing : html`<i style="left: ${width(targetKw)}"></i>`}
      </div>
      <div class="line dim">
        <small>${say("window_left", Math.ceil(tariff.leftS / 60))}</small>
        <small>${say("month_peak")} ${this.kw(monthKw)}</small>
      </div>
    `;
  }

  private kw(value: number | null): string {
    return `${figure(value, 1, this.language)} kW`;
  }
}

define("fusebox-card-tariff", FuseboxTariff);
