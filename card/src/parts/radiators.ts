/** A dot for each radiator: on, waiting for its turn, or warm enough. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Dot, Group } from "../model/radiators";
import type { Key, Say } from "../words/words";
import { define, LOOK } from "./base";

export class FuseboxRadiators extends LitElement {
  static override properties = { group: { attribute: false }, say: { attribute: false } };
  declare group: Group;
  declare say: Say;

  static override styles = [
    LOOK,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
      }
      i {
        position: relative;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        border: 2px solid var(--fb-dim);
      }
      .on i {
        background: var(--state-climate-heat-color, #ff8100);
        border-color: var(--state-climate-heat-color, #ff8100);
      }
      .waits i {
        border-color: var(--state-climate-heat-color, #ff8100);
        background: linear-gradient(90deg, var(--state-climate-heat-color, #ff8100) 50%, transparent 50%);
      }
      .line {
        display: flex;
        justify-content: space-between;
      }
      ha-icon {
        --mdc-icon-size: 14px;
      }
      small {
        font-size: 12px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { group, say } = this;
    const on = group.dots.filter((dot) => dot.is === "on").length;
    return html`
      <div class="line">
        <h3>${group.title ? `${say("radiators")}: ${group.title}` : say("radiators")}</h3>
        <span class="dim">${on}${group.allowed === null ? "" : ` ${say("of_fuse", group.allowed)}`}</span>
      </div>
      <ul>
        ${group.dots.map((dot) => this.dot(dot))}
      </ul>
    `;
  }

  private dot(dot: Dot): TemplateResult {
    const word = this.say(`rad_${dot.is}` as Key);
    return html`<li class=${dot.is}>
      <i></i><span>${dot.name} <small class="dim">${word}</small></span>
      ${dot.boosted ? html`<ha-icon icon="mdi:flash" title=${this.say("boost")}></ha-icon>` : nothing}
    </li>`;
  }
}

define("fusebox-card-radiators", FuseboxRadiators);
