/** The first line: how the house does, in a word and its reason. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Link } from "../ha";
import type { Age } from "../model/age";
import type { Site } from "../model/site";
import { sentenceOf } from "../words/sentence";
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

const AWAY = html`<svg class="bad" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
    <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6.5-.4M5 12a10 10 0 0 1 4-2.5M14 9.2A10 10 0 0 1 19 12" />
    <circle cx="12" cy="19" r="0.8" />
  </g>
</svg>`;

export class FuseboxHead extends LitElement {
  static override properties = {
    site: { attribute: false },
    say: { attribute: false },
    language: {},
    heading: {},
    link: {},
    age: { attribute: false },
    open: { state: true },
  };
  declare site: Site;
  declare link: Link;
  declare age: Age | null;
  declare say: Say;
  declare language: string;
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
      .age {
        display: block;
        font-size: 13px;
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
    const away = this.link === "unreachable";
    const state = away || (missing && this.link === "starting") ? this.link : site.state;
    const [icon, tone] = ICONS[state] ?? ["mdi:alert-circle", "bad"];
    const reason = !missing ? sentenceOf(site.reason, say, this.language) : this.link === "whole" ? say("not_running") : "";
    // Home Assistant fetches its icons when they are wanted, and then nobody is there.
    const sign = away ? AWAY : html`<ha-icon class=${tone} icon=${icon}></ha-icon>`;
    return html`
      <button
        class=${open || missing ? "open" : ""}
        aria-expanded=${open || missing ? "true" : "false"}
        @click=${() => {
          this.open = !this.open;
        }}
      >
        ${sign}
        <span>
          ${this.heading ? html`<span class="title dim">${this.heading}</span><br />` : nothing}
          <span class="state">${sayOf(say, "state", state)}</span>
          ${this.age === null || this.age.minutes < 1 ? nothing : html`<span class="age dim">${say("old", this.age.minutes)}</span>`}
        </span>
        <ha-icon class="dim" icon=${open ? "mdi:chevron-up" : "mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${away ? "" : reason}</span>
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
