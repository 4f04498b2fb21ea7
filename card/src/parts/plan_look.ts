import { css } from "lit";

export const PLAN_LOOK = css`
  .plan summary {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    padding: 0 10px 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 18px;
  }
  .plan summary::-webkit-details-marker {
    display: none;
  }
  .stands {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    padding: 4px 0;
  }
  .plan.set summary b {
    font-weight: 500;
    color: var(--fb-text);
  }
  .plan[open] .turn {
    transform: rotate(180deg);
  }
  .controls .line:has(.plan[open]) {
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 8px 12px;
    padding: 8px 0 2px;
    align-items: end;
    font-size: 13px;
  }
  form label {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  /* Three digits, a decimal and the unit fit, also on a phone. */
  .much {
    min-width: 150px;
  }
  input[type="number"] {
    appearance: textfield;
  }
  .amount {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  form > p,
  fusebox-card-preview {
    grid-column: 1 / -1;
  }
  .field {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 14px;
    color: var(--fb-text);
    background: var(--fb-card);
    color-scheme: inherit;
  }
  .amount .field:first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
    border-inline-end: none;
  }
  .amount .field:last-child {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .does {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 8px;
  }
  .does button {
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
  }
  .does .main {
    border-color: transparent;
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    font-weight: 600;
  }
`;
