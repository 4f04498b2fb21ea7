/** The controls of a load: its mode as a row of buttons, boost, its highest current; and how a question stands. */

import { css, html, nothing, type TemplateResult } from "lit";
import { type Asks, hoped, type Wish } from "../model/asks";
import type { Load } from "../model/load";
import { figure } from "../model/numbers";
import { type Control, keyOf } from "../model/service";
import { type Say, sayOf } from "../words/words";
import { answer } from "./answer";

/** More modes than these stand in two rows: on a phone their names would break. */
const ABREAST = 5;

/** What a load's element tells its card: a person wants this. */
export interface Wanted {
  readonly load: Load;
  readonly control: Control;
  readonly value: Wish;
}

interface Host extends HTMLElement {
  readonly load: Load;
  readonly asks: Asks;
  readonly say: Say;
  readonly language: string;
}

const styles = css`
  .controls {
    display: grid;
    gap: 6px;
    padding: 6px 0 0 46px;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: center;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    --mdc-icon-size: 18px;
  }
  .boost[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, transparent);
    color: var(--fb-text);
    font-weight: 600;
  }
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  input {
    appearance: none;
    width: 100%;
    height: 40px;
    margin: 0;
    background: linear-gradient(90deg, var(--fb-accent) var(--part), var(--fb-track) var(--part)) center / 100% 6px no-repeat;
    cursor: pointer;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;

function render(host: Host): TemplateResult {
  const { load, say } = host;
  const boosts = load.boosted !== null;
  return html`<div class="controls">
    ${load.modes.length > 1 ? modes(host, boosts) : nothing}
    ${boosts || load.currentA !== null
      ? html`<div class="line">
          ${boosts ? boost(host) : html`<span></span>`} ${load.currentA === null ? nothing : slider(host, load.currentA)}
        </div>`
      : nothing}
    ${load.plan === null
      ? nothing
      : html`<p class="dim">${sayOf(say, "plan", load.plan.state)}${load.plan.reason ? `: ${load.plan.reason}` : ""}</p>`}
    ${answer.render(load, host.asks, say, host.language)}
  </div>`;
}

function modes(host: Host, boosts: boolean): TemplateResult {
  const { load, say, asks } = host;
  const now = hoped(asks, keyOf(load, "mode"), load.mode);
  // A tank can be told to boost in two ways; its button is enough.
  const offered = load.modes.filter((mode) => !(boosts && mode === "boost"));
  return html`<div class="choices ${offered.length > ABREAST ? "many" : ""}" role="group" aria-label=${say("mode")}>
    ${offered.map(
      (mode) => html`<button
        aria-pressed=${mode === now ? "true" : "false"}
        ?data-pending=${mode === now && isOpen(asks, keyOf(load, "mode"))}
        @click=${() => want(host, "mode", mode)}
      >
        ${sayOf(say, "mode", mode)}
      </button>`,
    )}
  </div>`;
}

function boost(host: Host): TemplateResult {
  const { load, say, asks } = host;
  const on = hoped(asks, keyOf(load, "boost"), load.boosted === true);
  return html`<button
    class="boost"
    aria-pressed=${on ? "true" : "false"}
    ?data-pending=${isOpen(asks, keyOf(load, "boost"))}
    @click=${() => want(host, "boost", !on)}
  >
    <ha-icon icon=${on ? "mdi:flash" : "mdi:flash-outline"}></ha-icon>${say("boost")}
  </button>`;
}

function slider(host: Host, current: NonNullable<Load["currentA"]>): TemplateResult {
  const { load, say, asks, language } = host;
  const now = hoped(asks, keyOf(load, "max"), current.max);
  const shown = (amps: number): string => `${figure(amps, amps % 1 === 0 ? 0 : 1, language)} A`;
  const follow = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const output = input.nextElementSibling;
    input.style.setProperty("--part", partOf(current, Number(input.value)));
    if (output !== null) output.textContent = shown(Number(input.value));
  };
  const done = (event: Event): void => want(host, "max", Number((event.target as HTMLInputElement).value));
  return html`<label class="slider">
    <span class="dim">${say("at_most")}</span>
    <input
      type="range"
      min=${current.min}
      max=${current.top}
      step="1"
      .value=${String(now)}
      style="--part: ${partOf(current, now)}"
      aria-valuetext=${shown(now)}
      ?data-pending=${isOpen(asks, keyOf(load, "max"))}
      @input=${follow}
      @change=${done}
    />
    <output class="number">${shown(now)}</output>
  </label>`;
}

function partOf(current: NonNullable<Load["currentA"]>, amps: number): string {
  return `${((100 * (amps - current.min)) / (current.top - current.min || 1)).toFixed(1)}%`;
}

function isOpen(asks: Asks, key: string): boolean {
  const stage = asks.get(key)?.stage;
  return stage === "sent" || stage === "taken";
}

function want(host: Host, control: Control, value: Wish): void {
  const detail: Wanted = { load: host.load, control, value };
  host.dispatchEvent(new CustomEvent("fusebox-wanted", { detail, bubbles: true, composed: true }));
}

export const controls = { styles, render };
