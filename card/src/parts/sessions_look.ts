import { css } from "lit";

export const SESSIONS_LOOK = css`
  summary {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 20px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary span {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    align-items: baseline;
    gap: 0 8px;
  }
  summary ha-icon {
    color: var(--fb-dim);
  }
  [open] summary ha-icon {
    transform: rotate(180deg);
  }
  b {
    font-size: 16px;
    font-weight: 500;
  }
  small {
    font-size: 12.5px;
  }
  .ask {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
    gap: 8px;
  }
  select {
    min-width: 0;
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 13px;
    color: var(--fb-text);
    background: var(--fb-card);
  }
  table {
    width: 100%;
    margin-top: 8px;
    border-collapse: collapse;
    font-size: 13px;
  }
  thead th {
    font-weight: normal;
    font-size: 12px;
    color: var(--fb-dim);
    text-align: right;
    vertical-align: bottom;
  }
  th {
    text-align: start;
    overflow-wrap: anywhere;
  }
  th,
  td {
    padding: 3px 0 3px 6px;
  }
  tr > :first-child {
    padding-inline-start: 0;
  }
  .sum {
    border-top: 1px solid var(--fb-line);
  }
  .sum th {
    font-weight: 500;
  }
  .dim th {
    font-weight: normal;
  }
  .dim > :first-child {
    padding-inline-start: 10px;
  }
`;
