/** What all parts share: how they are registered, and their look in Home Assistant's own variables. */

import { css } from "lit";

const DEFINED = new Map<string, CustomElementConstructor>();

/** Register an element. Home Assistant may load the file twice, after an update for one: the first stays. */
export function define(tag: string, element: CustomElementConstructor): void {
  DEFINED.set(tag, element);
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
}

const BOOTED_MS = 60_000;
const LOOK_EVERY_MS = 50;

/**
 * Register everything again where the page exchanges its registry: the frontend of 2026 does so while it boots, after
 * what `extra_module_url` loads has run.
 */
export function followRegistry(): void {
  const before = window.customElements;
  const timer = setInterval(() => {
    if (window.customElements !== before) for (const [tag, element] of DEFINED) define(tag, element);
    else if (performance.now() < BOOTED_MS) return;
    clearInterval(timer);
  }, LOOK_EVERY_MS);
}

export const LOOK = css`
  :host {
    display: block;
    --fb-house: #858b96;
    --fb-text: var(--fb-grey, var(--primary-text-color, #212121));
    --fb-dim: var(--secondary-text-color, #727272);
    --fb-line: var(--divider-color, #e0e0e0);
    --fb-card: var(--ha-card-background, var(--card-background-color, #fff));
    --fb-track: color-mix(in srgb, var(--fb-text) 8%, transparent);
    --fb-accent: var(--primary-color, #03a9f4);
    --fb-bad: var(--error-color, #db4437);
    --fb-warn: var(--warning-color, #ffa600);
    --fb-good: var(--success-color, #43a047);
    color: var(--fb-text);
    font-size: 14px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  .dim {
    color: var(--fb-dim);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: none;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--fb-accent);
    outline-offset: 2px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(min-content, 1fr);
    gap: 1px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    overflow: hidden;
    background: var(--fb-line);
  }
  .choices.many {
    grid-auto-flow: row;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .choices button {
    min-width: 0;
    min-height: 40px;
    padding: 2px 3px;
    font-size: 12.5px;
    line-height: 1.15;
    hyphens: auto;
    background: var(--fb-card);
    color: var(--fb-dim);
    outline-offset: -3px;
    transition: background-color 0.2s;
  }
  .choices button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    color: var(--fb-text);
    font-weight: 600;
  }
  [data-pending] {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      background-color: color-mix(in srgb, var(--fb-accent) 6%, transparent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
