/** The controls of a load: its mode as a row of buttons, boost, highest current, phases, plan; and how a question stands. */

import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { hoped, isOpen } from "../model/asks";
import { STOPS } from "../model/load";
import { hasPlan } from "../model/plan";
import { keyOf } from "../model/service";
import { sentenceOf } from "../words/sentence";
import { carOf, sayOf } from "../words/words";
import { answer } from "./answer";
import { planForm } from "./plan_form";
import { slider } from "./slider";
import { type Host, want } from "./want";

/** More modes than these stand in two rows: on a phone their names would break. */
const ABREAST = 5;

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
    align-items: start;
  }
  .line:has(> .plan:not([open])) {
    align-items: stretch;
  }
  .line.end {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .line .said {
    align-self: center;
  }
  .why {
    font-size: 13px;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 100%;
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
  .stops {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    font-size: 13px;
  }
  .stops input {
    width: 64px;
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;

function render(host: Host): TemplateResult {
  const { load } = host;
  const boosts = load.boosted !== null;
  const told = answer.render(load, host.asks, host.say, host.language);
  const plan = load.plan === null ? nothing : planForm.render(host, load.plan);
  const sliding = load.currentA === null ? nothing : slider.render(host, load.currentA);
  const beside = sliding === nothing ? (plan === nothing ? told : plan) : sliding;
  // Where none is set its button is small and needs no line of its own.
  const small = beside === sliding && load.plan !== null && !hasPlan(load.plan);
  return html`<div class="controls">
    ${load.modes.length > 1 ? modes(host, boosts) : nothing}
    ${boosts ? html`<div class="line"><span>${boost(host)}</span> ${beside}</div>` : beside}
    ${load.vehicles.length > 0 && load.status !== "unplugged" ? vehicles(host) : nothing}
    ${load.canSwitchPhases ? phases(host) : nothing} ${Object.keys(load.stops).length > 0 ? stops(host) : nothing}
    ${beside === sliding && !small ? plan : nothing}
    ${small ? html`<div class="line end">${told} ${plan}</div>` : beside === told ? nothing : told}
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

/** One phase or all of them, where that can be switched, and why it is so. */
function phases(host: Host): TemplateResult {
  const { load, say, asks, language } = host;
  const why = sentenceOf(load.phasesReason, say, language);
  const now = hoped(asks, keyOf(load, "phases"), load.phasesUsed ?? 0);
  const open = isOpen(asks, keyOf(load, "phases"));
  return html`<div class="choices" role="group" aria-label=${say("phases")}>
      ${[1, load.phases.length].map(
        (count) => html`<button
          aria-pressed=${count === now ? "true" : "false"}
          ?data-pending=${count === now && open}
          @click=${() => want(host, "phases", count)}
        >
          ${count === 1 ? say("one_phase") : say("phase_count", count)}
        </button>`,
      )}
    </div>
    ${why === "" ? nothing : html`<p class="why dim">${why}</p>`}`;
}

/** Which car is there. */
function vehicles(host: Host): TemplateResult {
  const { load, say, asks } = host;
  const now = hoped(asks, keyOf(load, "vehicle"), load.vehicle);
  return html`<div class="choices" role="group" aria-label=${say("vehicle")}>
    ${load.vehicles.map(
      (name) => html`<button
        aria-pressed=${name === now ? "true" : "false"}
        ?data-pending=${name === now && isOpen(asks, keyOf(load, "vehicle"))}
        @click=${() => want(host, "vehicle", name)}
      >
        ${carOf(say, name)}
      </button>`,
    )}
  </div>`;
}

/** Where its session stops; an empty field is no limit. */
function stops(host: Host): TemplateResult {
  const { load, say, asks } = host;
  return html`<div class="stops">
    <span class="dim">${say("stop_at")}</span>
    ${STOPS.filter((key) => load.stops[key] !== undefined).map((key) => {
      const now = hoped(asks, keyOf(load, key), load.stops[key] ?? 0);
      const unit = key === "stop_soc_pct" ? "%" : "kWh";
      return html`<label ?data-pending=${isOpen(asks, keyOf(load, key))}>
        <input
          class="field"
          type="number"
          min="0"
          max=${key === "stop_soc_pct" ? 100 : 1000}
          step=${key === "stop_soc_pct" ? 1 : 0.5}
          inputmode="decimal"
          placeholder="–"
          aria-label="${say("stop_at")} ${unit}"
          .value=${live(now > 0 ? String(now) : "")}
          @change=${(event: Event) => want(host, key, Number((event.target as HTMLInputElement).value))}
        />
        ${unit}
      </label>`;
    })}
  </div>`;
}

export const controls = { styles, render };
