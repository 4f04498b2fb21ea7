/** Behind the gear: what can be set of the site and of each load, a row each. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type Ask, type Asks, hoped, isOpen, type Wish } from "../model/asks";
import { figure } from "../model/numbers";
import { keyOfSetting, type Setting } from "../model/settings";
import type { Say } from "../words/words";
import { wordsOf } from "./answer";
import { define, LOOK } from "./base";

/** Settings under the name of what they belong to; the site's has none. */
export interface Group {
  readonly title: string;
  readonly settings: readonly Setting[];
}

export interface Set {
  readonly setting: Setting;
  readonly value: Wish;
}

export class FuseboxSettings extends LitElement {
  static override properties = {
    groups: { attribute: false },
    asks: { attribute: false },
    say: { attribute: false },
    language: {},
    open: { state: true },
  };
  declare groups: readonly Group[];
  declare asks: Asks;
  declare say: Say;
  declare language: string;
  /** Whether the gear is open: rows that nobody sees are not written at each reading. */
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  static override styles = [
    LOOK,
    css`
      summary {
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        margin-inline-start: auto;
        color: var(--fb-dim);
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr) 68px;
        gap: 8px;
        align-items: center;
        min-height: 40px;
        font-size: 13px;
      }
      .row select {
        grid-column: 2 / -1;
        min-height: 36px;
        font: inherit;
        color: inherit;
        background: var(--fb-card);
        border: 1px solid var(--fb-line);
        border-radius: 10px;
      }
      input[type="checkbox"] {
        grid-column: 3;
        justify-self: end;
        width: 20px;
        height: 20px;
      }
      input {
        accent-color: var(--fb-accent);
      }
      .said {
        font-size: 13px;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<details @toggle=${this.toggle}>
      <summary aria-label=${this.say("settings")} title=${this.say("settings")}><ha-icon icon="mdi:cog-outline"></ha-icon></summary>
      ${this.open
        ? this.groups.map(
            ({ title, settings }) => html`${title === "" ? nothing : html`<h3>${title}</h3>`} ${settings.map((each) => this.row(each))}`,
          )
        : nothing}
    </details>`;
  }

  private readonly toggle = (event: Event): void => {
    this.open = (event.target as HTMLDetailsElement).open;
  };

  private row(setting: Setting): TemplateResult {
    const key = keyOfSetting(setting);
    const ask = this.asks.get(key);
    return html`<label class="row" ?data-pending=${isOpen(this.asks, key)}>
        <span class="dim">${this.say(setting.label)}</span>
        ${this.control(setting, key)}
      </label>
      ${ask === undefined ? nothing : html`<p class="said" role="status">${this.answer(ask)}</p>`}`;
  }

  private control(setting: Setting, key: string): TemplateResult {
    const { span, options, value } = setting;
    if (span !== null) {
      const now = hoped(this.asks, key, typeof value === "number" ? Math.min(value, span.max) : span.max);
      const shown = (amount: number): string => `${figure(amount, amount % 1 === 0 ? 0 : 1, this.language)} ${span.unit}`;
      const follow = (event: Event): void => {
        const input = event.target as HTMLInputElement;
        if (input.nextElementSibling !== null) input.nextElementSibling.textContent = shown(Number(input.value));
      };
      return html`<input
          type="range"
          min=${span.min}
          max=${span.max}
          step=${span.step}
          .value=${live(String(now))}
          aria-valuetext=${shown(now)}
          @input=${follow}
          @change=${(event: Event) => this.set(setting, Number((event.target as HTMLInputElement).value))}
        />
        <output class="number" .textContent=${live(shown(now))}></output>`;
    }
    if (options.length > 0) {
      const now = hoped(this.asks, key, String(value));
      return html`<select @change=${(event: Event) => this.set(setting, (event.target as HTMLSelectElement).value)}>
        ${options.map((each) => html`<option value=${each} ?selected=${each === now}>${this.word(each)}</option>`)}
      </select>`;
    }
    const on = hoped(this.asks, key, value === true);
    return html`<input
      type="checkbox"
      .checked=${live(on)}
      @change=${(event: Event) => this.set(setting, (event.target as HTMLInputElement).checked)}
    />`;
  }

  private word(option: string): string {
    const key = `share_${option}`;
    return this.say(key as Parameters<Say>[0]);
  }

  private answer(ask: Ask): string {
    return wordsOf(ask, this.say, this.language);
  }

  private set(setting: Setting, value: Wish): void {
    const detail: Set = { setting, value };
    this.dispatchEvent(new CustomEvent("fusebox-set", { detail, bubbles: true, composed: true }));
  }
}

define("fusebox-card-settings", FuseboxSettings);
