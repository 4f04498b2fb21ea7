/** A load's highest current, as a slider: what is shown follows the finger, what is asked for is where it is let go. */

import { css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { hoped, isOpen } from "../model/asks";
import type { Load } from "../model/load";
import { figure } from "../model/numbers";
import { keyOf } from "../model/service";
import { type Host, want } from "./want";

type Current = NonNullable<Load["currentA"]>;

const styles = css`
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  input[type="range"] {
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
`;

function render(host: Host, current: Current): TemplateResult {
  const { load, say, asks, language } = host;
  const now = hoped(asks, keyOf(load, "max"), current.max);
  const shown = (amps: number): string => `${figure(amps, amps % 1 === 0 ? 0 : 1, language)} A`;
  // Writes past Lit while the finger moves; `live` below looks at what stands there and not at what was rendered last.
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
      .value=${live(String(now))}
      style="--part: ${partOf(current, now)}"
      aria-valuetext=${shown(now)}
      ?data-pending=${isOpen(asks, keyOf(load, "max"))}
      @input=${follow}
      @change=${done}
    />
    <output class="number" .textContent=${live(shown(now))}></output>
  </label>`;
}

function partOf(current: Current, amps: number): string {
  return `${((100 * (amps - current.min)) / (current.top - current.min || 1)).toFixed(1)}%`;
}

export const slider = { styles, render };
