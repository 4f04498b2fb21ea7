import { css } from "lit";

export const WIRE_LOOK = css`
  .row {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) 66px;
    gap: 10px;
    align-items: center;
    height: 40px;
  }
  .sub .row {
    height: 28px;
  }
  .phase {
    font-weight: 500;
  }
  .bar {
    position: relative;
    height: 22px;
  }
  .sub .bar {
    height: 12px;
  }
  .track,
  .bar span {
    position: absolute;
    inset-block: 0;
    transition:
      left 0.6s,
      width 0.6s;
  }
  .track {
    background: var(--fb-track);
    border-radius: 5px;
  }
  .segment {
    background: var(--c);
    box-shadow: inset -1px 0 var(--fb-card);
  }
  .bar .free,
  .bar .house {
    box-sizing: border-box;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    padding-inline: 6px;
    overflow: hidden;
    font-size: 12px;
    line-height: 22px;
    white-space: nowrap;
  }
  .bar .free {
    color: color-mix(in srgb, var(--fb-dim) 60%, var(--fb-text));
    transition: none;
  }
  .bar .house {
    justify-content: flex-start;
    padding-inline: 0;
    color: #111;
  }
  /* Where the words do not fit beside this, they wrap to where they are not seen. */
  .main .house::before,
  .bar .free::before {
    content: "";
    height: 22px;
    width: 4px;
  }
  .bar .own {
    inset-block: auto -4px;
    height: 3px;
    border-radius: 2px;
    background: var(--c);
  }
  .bar .export {
    background: var(--c), var(--fb-card);
  }
  .bar .fuse {
    width: 3px;
    margin-inline-start: -1.5px;
    inset-block: -4px;
    border-radius: 2px;
    background: var(--fb-text);
  }
  .bar .zero {
    width: 1px;
    inset-block: -3px;
    background: var(--fb-dim);
  }
  .bar .beyond {
    background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
  }
  .over .fuse {
    background: var(--fb-bad);
  }
  .over .number b {
    color: var(--fb-bad);
  }
  .row.silent {
    height: 40px;
    color: var(--fb-dim);
    filter: grayscale(1);
    --mdc-icon-size: 13px;
  }
  .number b {
    font-size: 16px;
    font-weight: 500;
  }
  .number small {
    display: block;
    font-size: 12px;
    line-height: 1.2;
    color: var(--fb-dim);
  }
  .sub .number b {
    font-size: 14px;
  }
  h3 {
    margin-top: 6px;
    font-size: 13px;
  }
  .axis {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
  }
  .axis span {
    position: absolute;
    transform: translateX(-50%);
    white-space: nowrap;
    --mdc-icon-size: 14px;
  }
  .scale {
    height: 16px;
  }
`;
