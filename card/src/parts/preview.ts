/** Below the form of a plan: when such a plan would run, what it would cost and what would be missing. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Load } from "../model/load";
import { figure, money } from "../model/numbers";
import { type PlanAsked, type Preview, previewOf } from "../model/plan";
import { NO_REASON, type Reason } from "../model/reason";
import { sentenceOf } from "../words/sentence";
import type { Key, Say } from "../words/words";
import { define, LOOK } from "./base";
import { times } from "./ahead";
import { question } from "./question";

/** After the last change of the form: a slider's way and a number's digits are one change. */
const PAUSE_MS = 400;

export class FuseboxPreview extends LitElement {
  static override properties = {
    load: { attribute: false },
    say: { attribute: false },
    language: {},
    zone: {},
    priceUnit: {},
    found: { state: true },
    refusal: { state: true },
  };
  declare load: Load;
  declare say: Say;
  declare language: string;
  declare zone: string | undefined;
  declare priceUnit: string;
  declare found: Preview | null;
  declare refusal: Reason;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Only the newest question's answer counts. */
  private asked: PlanAsked | null = null;

  static override styles = [
    LOOK,
    css`
      :host {
        font-size: 13px;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 12px;
        margin: 0;
      }
      dd {
        margin: 0;
      }
      .missing dd {
        font-weight: 600;
      }
      .missing {
        display: contents;
      }
    `,
  ];

  constructor() {
    super();
    this.found = null;
    this.refusal = NO_REASON;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  /** Preview this plan, or none. */
  look(asked: PlanAsked | null): void {
    clearTimeout(this.timer);
    this.asked = asked;
    if (asked === null) this.become(null, NO_REASON);
    else this.timer = setTimeout(() => void this.ask(asked), PAUSE_MS);
  }

  private async ask(asked: PlanAsked): Promise<void> {
    const answer = await question(this, "fusebox_set_plan", { load: this.load.name, ...asked, preview: true });
    if (answer === null || asked !== this.asked) return;
    this.become(answer.refusal === null ? previewOf(answer.told) : null, answer.refusal ?? NO_REASON);
  }

  private become(found: Preview | null, refusal: Reason): void {
    this.found = found;
    this.refusal = refusal;
  }

  override render(): TemplateResult {
    return html`<div role="status">
      ${this.found === null ? sentenceOf(this.refusal, this.say, this.language) : this.preview(this.found)}
    </div>`;
  }

  private preview({ slots, cost, atOnce, missingKwh, reason }: Preview): TemplateResult {
    const { say, language, zone, priceUnit } = this;
    if (slots.length === 0) return html`${sentenceOf(reason, say, language)}`;
    const compared = atOnce === null ? "" : ` (${say("at_once", money(atOnce, priceUnit, language))})`;
    return html`<dl>
      ${this.row("runs", times(slots, { language: say.locale, zone, nowMs: Date.now() }))}
      ${cost === null ? nothing : this.row("cost", `${money(cost, priceUnit, language)}${compared}`)}
      ${missingKwh > 0 ? html`<div class="missing">${this.row("missing", `${figure(missingKwh, 1, language)} kWh`)}</div>` : nothing}
    </dl>`;
  }

  private row(key: Key, value: string): TemplateResult {
    return html`<dt class="dim">${this.say(key)}</dt>
      <dd>${value}</dd>`;
  }
}

define("fusebox-card-preview", FuseboxPreview);
