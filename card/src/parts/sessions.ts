/** What this month has cost; behind it the sessions by day or month, and by car. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { type Load, spoken } from "../model/load";
import { dateIn, figure, money, monthNow } from "../model/numbers";
import { BACK, type By, everybodyIn, type Figures, type Period, periodsOf, type Total, totalsOf } from "../model/sessions";
import { carOf, type Say } from "../words/words";
import { define, LOOK } from "./base";
import { question } from "./question";
import { SESSIONS_LOOK } from "./sessions_look";

const LOOK_EVERY_MS = 60_000;
const ASKED_AGAIN_MS = 600_000;

const titlesIn = (loads: readonly Load[] = []): string => loads.map(({ name, title }) => `${name} ${title}`).join("\n");

export class FuseboxSessions extends LitElement {
  static override properties = {
    // Loads change each second, their names do not.
    loads: { attribute: false, hasChanged: (now: readonly Load[], before?: readonly Load[]) => titlesIn(now) !== titlesIn(before) },
    say: { attribute: false },
    language: {},
    zone: {},
    priceUnit: {},
    by: { state: true },
    who: { state: true },
    found: { state: true },
  };
  declare loads: readonly Load[];
  declare say: Say;
  declare language: string;
  declare zone: string | undefined;
  declare priceUnit: string;
  declare by: By;
  /** The only car or load that is shown, empty for all. */
  declare who: string;
  declare found: Readonly<Partial<Record<By, readonly Total[]>>>;
  private readonly askedMs: Partial<Record<By, number>> = {};
  private timer: ReturnType<typeof setInterval> | undefined;

  static override styles = [LOOK, SESSIONS_LOOK];

  constructor() {
    super();
    this.by = "month";
    this.who = "";
    this.found = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => void this.ask("month"), LOOK_EVERY_MS);
    void this.ask("month");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  private async ask(by: By): Promise<void> {
    const isFresh = Date.now() - (this.askedMs[by] ?? 0) < ASKED_AGAIN_MS;
    if (this.found[by] !== undefined && isFresh) return;
    const answer = await question(this, "fusebox_sessions", { days: BACK[by].days, totals: by });
    if (answer === null || answer.refusal !== null) return;
    this.askedMs[by] = Date.now();
    this.found = { ...this.found, [by]: totalsOf(answer.told) };
  }

  override render(): TemplateResult | typeof nothing {
    const { say, by, who, found } = this;
    const months = found.month ?? [];
    if (months.length === 0) return nothing;
    const [month] = periodsOf(months, "", 1);
    const now = month?.period === monthNow(Date.now(), this.zone) ? month.sum : null;
    const totals = found[by] ?? [];
    return html`<details>
      <summary><h3>${say("this_month")}</h3> <span>${now === null ? "–" : this.told(now)}</span><ha-icon icon="mdi:chevron-down"></ha-icon></summary>
      <div class="ask">
        <div class="choices" role="group" aria-label=${say("history")}>${(["day", "month"] as const).map((each) => this.choice(each))}</div>
        ${this.whose(months)}
      </div>
      ${this.table(periodsOf(totals, who, BACK[by].most))}
    </details>`;
  }

  private told({ kwh, solarPct, cost, saved }: Figures): TemplateResult {
    const { say, language, priceUnit } = this;
    const [paid, kept] = priceUnit === "" ? [null, null] : [cost, saved];
    const sun = solarPct === null ? "" : `${figure(solarPct, 0, language)} % ${say("sun")}`;
    const rest = [kept === null ? "" : say("saved_so_much", money(kept, priceUnit, language)), `${figure(kwh, 0, language)} kWh`, sun];
    return html`${paid === null ? nothing : html`<b>${money(paid, priceUnit, language)}</b>`}
      ${rest.filter(Boolean).map((each) => html`<small class="dim">${each}</small> `)}`;
  }

  private choice(by: By): TemplateResult {
    return html`<button aria-pressed=${by === this.by ? "true" : "false"} @click=${() => this.turn(by)}>${this.say(`by_${by}`)}</button>`;
  }

  private turn(by: By): void {
    this.by = by;
    void this.ask(by);
  }

  private whose(totals: readonly Total[]): TemplateResult | typeof nothing {
    const everybody = everybodyIn(totals);
    if (everybody.length < 2) return nothing;
    return html`<select
      aria-label=${this.say("whose")}
      @change=${(event: Event) => {
        this.who = (event.target as HTMLSelectElement).value;
      }}
    >
      <option value="">${this.say("everybody")}</option>
      ${everybody.map((who) => html`<option value=${who} ?selected=${who === this.who}>${this.called(who)}</option>`)}
    </select>`;
  }

  private table(periods: readonly Period[]): TemplateResult {
    const { say, priceUnit } = this;
    const [currency = ""] = priceUnit.split("/");
    const money = priceUnit !== "" && periods.some(({ sum }) => sum.cost !== null);
    return html`<table>
      <thead>
        <tr>
          <td></td>
          <th scope="col">kWh</th>
          <th scope="col">${say("sun")} %</th>
          ${money ? html`<th scope="col">${say("cost")} ${currency}</th><th scope="col">${say("saved")} ${currency}</th>` : nothing}
        </tr>
      </thead>
      ${periods.map(
        ({ period, sum, parts }) => html`<tbody>
          ${this.line(dateIn(period, say.locale), sum, money, "sum")}
          ${this.who !== "" ? nothing : [...parts].map(([who, part]) => this.line(this.called(who), part, money, "dim"))}
        </tbody>`,
      )}
    </table>`;
  }

  private line(title: string, { kwh, solarPct, cost, saved }: Figures, money: boolean, kind: string): TemplateResult {
    const cell = (value: number | null, decimals: number): TemplateResult => html`<td class="number">${figure(value, decimals, this.language)}</td>`;
    return html`<tr class=${kind}>
      <th scope="row">${title}</th>
      ${cell(kwh, 1)} ${cell(solarPct, 0)} ${money ? html`${cell(cost, 2)} ${cell(saved, 2)}` : nothing}
    </tr>`;
  }

  /** A load as its row calls it, a car by its name. */
  private called(who: string): string {
    return this.loads.find((load) => load.name === who)?.title ?? (who === "guest" ? carOf(this.say, who) : spoken(who));
  }
}

define("fusebox-card-sessions", FuseboxSessions);
