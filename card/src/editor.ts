/** The little there is to choose, in Home Assistant's own form. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { CardConfig, Hass } from "./ha";
import { define } from "./parts/base";
import { type Key, sayIn } from "./words/words";

export class FuseboxCardEditor extends LitElement {
  static override properties = { hass: { attribute: false }, config: { state: true } };
  declare hass: Hass | undefined;
  declare config: CardConfig | undefined;

  setConfig(config: CardConfig): void {
    this.config = config;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.hass === undefined || this.config === undefined) return nothing;
    const say = sayIn(this.hass.language);
    const options = (["auto", "always", "tap"] as const).map((value) => ({ value, label: say(`controls_${value}`) }));
    const schema = [
      { name: "title", selector: { text: {} } },
      { name: "controls", selector: { select: { mode: "dropdown", options } } },
      { name: "today", selector: { boolean: {} } },
      { name: "hours", selector: { number: { min: 1, max: 48, mode: "slider" } } },
    ];
    return html`<ha-form
      .hass=${this.hass}
      .data=${{ controls: "auto", today: true, hours: 6, ...this.config }}
      .schema=${schema}
      .computeLabel=${(field: { name: string }) => say(`edit_${field.name}` as Key)}
      @value-changed=${this.changed}
    ></ha-form>`;
  }

  private readonly changed = (event: CustomEvent<{ value: CardConfig }>): void => {
    const detail = { config: event.detail.value };
    this.dispatchEvent(new CustomEvent("config-changed", { detail, bubbles: true, composed: true }));
  };
}

define("fusebox-card-editor", FuseboxCardEditor);
