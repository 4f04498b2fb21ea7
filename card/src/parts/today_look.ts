import { css } from "lit";

export const TODAY_LOOK = css`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .choices {
    flex: 0 1 240px;
  }
  .choices button {
    min-height: 32px;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    gap: 0 12px;
    min-height: 2.8em;
    margin: 8px 0 12px;
    font-size: 13px;
  }
  .readout b {
    font-weight: 500;
  }
  .readout i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 4px;
    border-radius: 2px;
  }
  .readout .drawn {
    height: 0;
    border-top: 2px solid;
    border-radius: 0;
    vertical-align: middle;
  }
  /* Left of the picture is the place of its numbers: nothing is written over what it shows. */
  .picture,
  .times,
  .lane,
  .prices {
    margin-inline-start: 38px;
  }
  .picture {
    position: relative;
    height: 190px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .layer {
    opacity: 0.85;
  }
  .tick {
    stroke: var(--fb-line);
    stroke-width: 1;
  }
  .limit {
    stroke: var(--fb-bad);
    stroke-width: 1.5;
    stroke-dasharray: 6 4;
  }
  .grid,
  .sun {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .cursor {
    stroke: var(--fb-dim);
    stroke-width: 1;
  }
  .y {
    position: absolute;
    inset-inline-start: -38px;
    width: 34px;
    text-align: end;
    white-space: nowrap;
    font-size: 11px;
    line-height: 14px;
    transform: translateY(-50%);
    color: var(--fb-dim);
    pointer-events: none;
  }
  .caption {
    margin-top: 6px;
    font-size: 12.5px;
  }
  @container (min-width: 1250px) {
    .picture {
      height: 260px;
    }
  }
  .mark {
    position: absolute;
    top: -2px;
    width: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-top-color: var(--fb-warn);
  }
  .mark.blind,
  .mark.escalated {
    border-top-color: var(--fb-bad);
  }
  .mark.recovered {
    border-top-color: var(--fb-good);
  }
  .times {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
    overflow: hidden;
  }
  .times span {
    position: absolute;
    transform: translateX(-50%);
  }
  .lane {
    position: relative;
    height: 12px;
    margin-top: 2px;
    background: var(--fb-track);
    border-radius: 4px;
  }
  .lane span {
    position: absolute;
    inset-block: 0;
    border-radius: 4px;
    background: var(--c);
  }
  .prices {
    position: relative;
    height: 40px;
    margin-top: 2px;
  }
  .prices span {
    position: absolute;
    bottom: 0;
    /* Opaque and over the beginning of the next one: no seams between them. */
    padding-inline-end: 0.5px;
    background: color-mix(in srgb, var(--fb-accent) 55%, var(--fb-card));
  }
  .events {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .events li {
    padding-inline-start: 14px;
    text-indent: -14px;
  }
  .events i {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--fb-warn);
  }
  .events .blind,
  .events .escalated {
    background: var(--fb-bad);
  }
  .events .recovered {
    background: var(--fb-good);
  }
`;
