import { css } from "lit";

/** One column on a phone, two on a tablet, loads side by side and a wide picture on a wall panel; by the width of the card, not of the screen. */
export const CARD_LOOK = css`
  :host {
    container-type: inline-size;
  }
  ha-card {
    display: block;
    padding: 16px;
    overflow: hidden;
  }
  .parts {
    display: grid;
    gap: 20px 28px;
    grid-template-columns: minmax(0, 1fr);
  }
  /* What is shown is old: grey, and still to be read. Of a silent meter that are its own row, and the sum. */
  .unreachable > * > :not(fusebox-card-head),
  .old-all > * > :not(fusebox-card-head),
  .old-meter > .wire > fusebox-card-flow,
  .old-meter > .wire > fusebox-card-tariff {
    filter: grayscale(1);
    --fb-grey: color-mix(in srgb, var(--secondary-text-color, #727272) 75%, var(--primary-text-color, #212121));
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    min-width: 0;
  }
  fusebox-card-load + fusebox-card-load,
  fusebox-card-load + fusebox-card-radiators {
    border-top: 1px solid var(--fb-line);
    padding-top: 14px;
  }
  .loads {
    gap: 14px;
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  .today {
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  footer {
    margin-top: 16px;
    color: var(--fb-warn);
    font-size: 12.5px;
  }
  @container (min-width: 700px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .loads {
      grid-row: span 2;
      border-top: none;
      padding-top: 0;
    }
  }
  @container (min-width: 1250px) {
    .parts {
      grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    }
    .today {
      grid-column: 1 / -1;
    }
    .loads {
      grid-row: auto;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 14px 28px;
    }
    .loads > :nth-child(2) {
      border-top: none;
      padding-top: 0;
    }
  }
`;
