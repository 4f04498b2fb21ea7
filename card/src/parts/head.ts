/** The first line: how the house does, in a word and its reason. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Site } from "../model/site";
import { type Say, sayOf } from "../words/words";
import { define, LOOK } from "./base";

const ICONS: Readonly<Record<string, readonly [icon: string, tone: string]>> = {
  ok: ["mdi:check-circle", "good"],
  limited: ["mdi:arrow-collapse-vertical", "warn"],
  starting: ["mdi:timer-sand", "calm"],
  dry_run: ["mdi:eye-outline", "calm"],
  over: ["mdi:flash-alert", "bad"],
  blind: ["mdi:eye-off", "bad"],
  fault: ["mdi:alert-circle", "bad"],
};

export class FuseboxHead extends LitElement {
  static override properties = {
    site: { attribute: false },
    say: { attribute: false },
    heading: {},
    starting: { type: Boolean },
    open: { state: true },
  };
  declare site: Site;
  /** Whether Home Assistant is not yet whole: what is missing may come. */
  declare starting: boolean;
  declare say: Say;
  declare heading: string;
  declare open: boolean;

  static override styles = [
    LOOK,
    css`
      button {
        display: grid;
        grid-template-columns: 28px 1fr 20px;
        gap: 4px 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .state {
        font-size: 18px;
        font-weight: 500;
        line-height: 1.25;
      }
      .title {
        font-size: 12.5px;
      }
      .reason {
        grid-column: 1 / -1;
        min-height: 1.4em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .reason {
        white-space: normal;
      }
      .good {
        color: var(--fb-good);
      }
      .warn {
        color: var(--fb-warn);
      }
      .bad {
        color: var(--fb-bad);
      }
      .calm {
        color: var(--fb-accent);
      }
      ul {
        margin: 6px 0 0;
        padding-inline-start: 18px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { site, say, open } = this;
    const missing = site.state === "missing";
    const state = missing && this.starting ? "starting" : site.state;
    const [icon, tone] = ICONS[state] ?? ["mdi:alert-circle", "bad"];
    const reason = !missing ? site.reason : this.starting ? "" : say("not_running");
    return html`
      <button
        class=${open || missing ? "open" : ""}
        aria-expanded=${open || missing ? "true" : "false"}
        @click=${() => {
          this.open = !this.open;
        }}
      >
        <ha-icon class=${tone} icon=${icon}></ha-icon>
        <span>
          ${this.heading ? html`<span class="title dim">${this.heading}</span><br />` : nothing}
          <span class="state">${sayOf(say, "state", state)}</span>
        </span>
        <ha-icon class="dim" icon=${open ? "mdi:chevron-up" : "mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${reason}</span>
      </button>
      ${site.more.length > 0 && (open || site.state === "config_error")
        ? html`<ul>
            ${site.more.map((each) => html`<li>${each}</li>`)}
          </ul>`
        : nothing}
    `;
  }
}

define("fusebox-card-head", FuseboxHead);
