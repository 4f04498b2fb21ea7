/** One load: what it is, does, takes and may have, and why; its controls. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { type Asks, hoped } from "../model/asks";
import type { Load } from "../model/load";
import { kw } from "../model/numbers";
import type { PriceSpan } from "../model/plan";
import { keyOf } from "../model/service";
import { sentenceOf } from "../words/sentence";
import { carOf, type Say, sayOf } from "../words/words";
import { answer } from "./answer";
import { define, LOOK } from "./base";
import { controls } from "./controls";
import { answersOf, chargeOf } from "./first_line";
import { planForm } from "./plan_form";
import { share } from "./share";
import { slider } from "./slider";

export class FuseboxLoad extends LitElement {
  static override properties = {
    load: { attribute: false },
    asks: { attribute: false },
    say: { attribute: false },
    language: {},
    zone: {},
    priceUnit: {},
    priceSpan: { attribute: false },
    pinned: { type: Boolean },
    open: { state: true },
  };
  declare load: Load;
  declare asks: Asks;
  declare say: Say;
  declare language: string;
  declare zone: string | undefined;
  declare priceUnit: string;
  declare priceSpan: PriceSpan;
  /** Whether its controls are always there. */
  declare pinned: boolean;
  declare open: boolean;

  static override styles = [
    LOOK,
    css`
      .head {
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto 20px;
        gap: 0 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .icon {
        grid-row: span 2;
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--c);
        color: #fff;
        --mdc-icon-size: 20px;
      }
      .resting .icon {
        background: none;
        color: var(--c);
        box-shadow: inset 0 0 0 2px var(--c);
      }
      .title {
        font-weight: 500;
        font-size: 15px;
      }
      .title,
      .facts {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .facts {
        grid-column: 2 / -1;
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        font-size: 13px;
      }
      .number {
        font-size: 16px;
        font-weight: 500;
      }
      .reason {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        padding-inline-start: 46px;
        font-size: 13px;
        min-height: 1.4em;
      }
      .open .reason {
        white-space: normal;
      }
      .bad {
        color: var(--fb-bad);
        --mdc-icon-size: 15px;
      }
    `,
    answer.styles,
    slider.styles,
    planForm.styles,
    controls.styles,
  ];

  override render(): TemplateResult {
    const { load, say } = this;
    const resting = !["charging", "on", "switching"].includes(load.status);
    const bad = ["fault", "blind", "unavailable"].includes(load.status);
    const mode = hoped(this.asks, keyOf(load, "mode"), load.mode);
    const vehicle = hoped(this.asks, keyOf(load, "vehicle"), load.vehicle);
    const modeWord = mode === "" ? "" : sayOf(say, "mode", mode);
    const beside = [vehicle === "" ? "" : carOf(say, vehicle), chargeOf(load, this.language)].filter(Boolean);
    return html`<section class="${resting ? "resting" : ""} ${this.open ? "open" : ""}" style="--c: ${load.colour}">
      <button class="head" aria-expanded=${this.open ? "true" : "false"} @click=${this.toggle}>
        <span class="icon"><ha-icon icon=${load.icon}></ha-icon></span>
        <span class="title">${load.title}<span class="dim">${beside.map((each) => ` · ${each}`)}</span></span>
        <b class="number">${kw(load.drawW, this.language)}</b>
        <ha-icon class="dim" icon=${this.open ? "mdi:chevron-up" : "mdi:chevron-down"}></ha-icon>
        <span class="facts">
          <span>
            ${bad ? html`<ha-icon class="bad" icon="mdi:alert"></ha-icon>` : nothing}
            ${answersOf(load, this, Date.now()).join(" · ")}
          </span>
          <span class="dim">${[modeWord, share(load, say, this.language)].filter(Boolean).join(" · ")}</span>
        </span>
      </button>
      <p class="reason dim">${sentenceOf(load.reason, say, this.language)}</p>
      ${this.open || this.pinned ? controls.render(this) : nothing}
    </section>`;
  }

  private readonly toggle = (): void => {
    this.open = !this.open;
  };
}

define("fusebox-card-load", FuseboxLoad);
