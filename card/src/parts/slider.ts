/** A load's highest current or price, as a slider: what is shown follows the finger, what is asked for is where it is let go. */

import { css, html, nothing, type TemplateResult } from "lit";
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
  .slider.wide {
    grid-column: 1 / -1;
    grid-template-columns: auto minmax(0, 1fr) minmax(88px, auto);
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

/** What a slider says and does. `name`: its field in a form, which keeps what was moved until the form is sent. */
interface Bar {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly now: number;
  readonly shown: (value: number) => string;
  readonly name?: string;
  readonly pending?: boolean;
  readonly done?: (value: number) => void;
}

function render(host: Host, current: Current): TemplateResult {
  const { load, say, asks, language } = host;
  return bar({
    label: say("at_most"),
    min: current.min,
    max: current.top,
    step: 1,
    now: hoped(asks, keyOf(load, "max"), current.max),
    shown: (amps) => `${figure(amps, amps % 1 === 0 ? 0 : 1, language)} A`,
    pending: isOpen(asks, keyOf(load, "max")),
    done: (amps) => want(host, "max", amps),
  });
}

function bar({ label, min, max, step, now, shown, name, pending = false, done }: Bar): TemplateResult {
  const part = (value: number): string => `${((100 * (value - min)) / (max - min || 1)).toFixed(1)}%`;
  // Writes past Lit while the finger moves; `live` below looks at what stands there and not at what was rendered last.
  const follow = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const output = input.nextElementSibling;
    const told = shown(Number(input.value));
    input.style.setProperty("--part", part(Number(input.value)));
    input.setAttribute("aria-valuetext", told);
    if (output !== null) output.textContent = told;
  };
  const held = <T,>(value: T): unknown => (name === undefined ? live(value) : value);
  return html`<label class="slider ${name === undefined ? "" : "wide"}">
    <span class="dim">${label}</span>
    <input
      type="range"
      name=${name ?? nothing}
      min=${min}
      max=${max}
      step=${step}
      .value=${held(String(now))}
      style="--part: ${part(now)}"
      aria-valuetext=${shown(now)}
      ?data-pending=${pending}
      @input=${follow}
      @change=${(event: Event) => done?.(Number((event.target as HTMLInputElement).value))}
    />
    <output class="number" .textContent=${held(shown(now))}></output>
  </label>`;
}

export const slider = { styles, render, bar };
