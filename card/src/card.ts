/** `custom:fusebox-card`: finds everything from `sensor.fusebox_site`, shows the wire, the loads and today. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { Asking } from "./asking";
import { type CardConfig, type Hass, type Link, localeOf, type Seen, seenLink } from "./ha";
import { type Age, ageOf, sameAge } from "./model/age";
import { flowOf } from "./model/flow";
import { type House, houseOf } from "./model/house";
import { differs, ownSource, SITE } from "./model/site";
import { settingsOf } from "./model/settings";
import { type Axis, axisOf, wiresOf } from "./model/wire";
import { CARD_LOOK } from "./card_look";
import { type Form, formIn } from "./editor";
import { define, followRegistry, LOOK } from "./parts/base";
import "./parts/flow";
import "./parts/head";
import "./parts/load";
import "./parts/radiators";
import "./parts/sessions";
import "./parts/settings";
import "./parts/tariff";
import "./parts/today";
import "./parts/wire";
import { TodaySource } from "./today_source";
import { fetchWords } from "./words/fetch";
import { type Say, sayIn } from "./words/words";

/** Of this card; build.mjs writes it in. */
declare const FUSEBOX_VERSION: string;

const FEW = 3;
const HOURS = 6;

export class FuseboxCard extends LitElement {
  static override properties = {
    config: { state: true },
    house: { state: true },
    link: { state: true },
    age: { state: true },
  };
  declare config: CardConfig;
  declare house: House | null;
  declare link: Link;
  /** How old what is shown is; null while it is fresh. */
  declare age: Age | null;
  current: Hass | undefined;
  private seen: Seen = { link: "whole", startingMs: 0 };
  private lostMs: number | null = null;
  /** The language that was last asked for. */
  private spoken = "";
  private axis: Axis | null = null;
  private readonly asking = new Asking(this);
  private readonly source = new TodaySource(this);
  private timer: ReturnType<typeof setInterval> | undefined;

  static override styles = [LOOK, CARD_LOOK];

  constructor() {
    super();
    this.house = null;
    this.age = null;
  }

  setConfig(config: CardConfig): void {
    const { hours } = config;
    if (hours !== undefined && !(hours >= 1 && hours <= 48)) throw new Error(`hours: ${hours} is not from 1 to 48`);
    this.config = config;
  }

  /** Given anew with each change of any entity; work is done only where one of ours has changed. */
  set hass(hass: Hass) {
    this.current = hass;
    this.learn(hass.language);
    this.house = houseOf(hass.states, this.house);
    this.lookAtLink();
    this.asking.settle();
  }

  static getConfigForm(): Form {
    return formIn(pageLanguage());
  }

  static getStubConfig(): Partial<CardConfig> {
    return {};
  }

  getCardSize(): number {
    return 12;
  }

  getGridOptions(): Readonly<Record<string, unknown>> {
    return { columns: "full", min_columns: 6 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => {
      this.asking.settle();
      this.lookAtLink();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.spoken = "";
  }

  override render(): TemplateResult | typeof nothing {
    const { house, current } = this;
    if (house === null || current === undefined) return nothing;
    const { site, loads } = house;
    const say = sayIn(current.language);
    const language = localeOf(current);
    const wires = wiresOf(site, loads);
    this.axis = axisOf(wires, this.axis);
    return html`<ha-card>
      <div class="parts ${this.link} ${this.age === null ? "" : `old-${this.age.of}`}">
        <section class="wire">
          <fusebox-card-head .site=${site} .say=${say} .language=${language} .heading=${this.config.title ?? ""} .link=${this.link} .age=${this.age}></fusebox-card-head>
          ${site.phases.length === 0
            ? nothing
            : html`<fusebox-card-flow .site=${site} .flow=${flowOf(site, loads)} .say=${say} .language=${language}></fusebox-card-flow>
                <fusebox-card-wire
                  .wires=${wires}
                  .axis=${this.axis}
                  .say=${say}
                  .language=${language}
                  .voltage=${site.voltageV}
                  .own=${ownSource(site)}
                ></fusebox-card-wire>`}
          ${house.tariff === null
            ? nothing
            : html`<fusebox-card-tariff .tariff=${house.tariff} .say=${say} .language=${language}></fusebox-card-tariff>`}
          ${site.state === "missing"
            ? nothing
            : html`<fusebox-card-sessions
                .loads=${loads}
                .priceUnit=${house.priceUnit}
                .say=${say}
                .language=${language}
                .zone=${current.config?.time_zone}
              ></fusebox-card-sessions>`}
        </section>
        ${site.state === "missing" ? nothing : html`<section class="loads">${this.loads(house, say, language)}</section>`}
        ${this.config.hide_today === true || site.phases.length === 0
          ? nothing
          : html`<section class="today">${this.today(house, current, say)}</section>`}
      </div>
      ${site.state === "missing" || site.fuseA === null ? nothing : this.settings(house, current, say, language)}
      ${differs(site, FUSEBOX_VERSION) ? html`<footer>${say("versions", FUSEBOX_VERSION, site.version)}</footer>` : nothing}
    </ha-card>`;
  }

  private loads({ loads, groups, priceUnit, priceSpan }: House, say: Say, language: string): TemplateResult {
    const controls = this.config.controls ?? "auto";
    const pinned = controls === "always" || (controls === "auto" && loads.length <= FEW);
    return html`
      ${loads.map(
        (load) => html`<fusebox-card-load
          .load=${load}
          .asks=${this.asking.asks}
          .priceUnit=${priceUnit}
          .priceSpan=${priceSpan}
          .say=${say}
          .language=${language}
          .zone=${this.current?.config?.time_zone}
          .pinned=${pinned}
        ></fusebox-card-load>`,
      )}
      ${loads.length === 0 ? html`<p class="dim">${say("no_loads")}</p>` : nothing}
      ${groups.map((group) => html`<fusebox-card-radiators .group=${group} .say=${say}></fusebox-card-radiators>`)}
    `;
  }

  private settings({ site, loads }: House, { states }: Hass, say: Say, language: string): TemplateResult {
    const groups = [
      { title: "", settings: settingsOf(states, site, SITE) },
      ...loads.map((load) => ({ title: load.title, settings: settingsOf(states, site, load.entity) })),
    ].filter((group) => group.settings.length > 0);
    return html`<fusebox-card-settings .groups=${groups} .asks=${this.asking.asks} .say=${say} .language=${language}></fusebox-card-settings>`;
  }

  private today(house: House, hass: Hass, say: Say): TemplateResult {
    return html`<fusebox-card-today
      .now=${{ atMs: Date.now(), site: house.site, loads: house.loads }}
      .shown=${this.source.shown(house, hass, this.config.hours ?? HOURS)}
      .say=${say}
      .language=${localeOf(hass)}
      .zone=${hass.config?.time_zone}
    ></fusebox-card-today>`;
  }

  private learn(language: string): void {
    if (language === this.spoken) return;
    this.spoken = language;
    void fetchWords(language)?.then(() => this.requestUpdate());
  }

  private lookAtLink(): void {
    if (this.current === undefined) return;
    this.seen = seenLink(this.current, this.seen, Date.now());
    this.link = this.seen.link;
    this.lostMs = this.link === "unreachable" ? (this.lostMs ?? Date.now()) : null;
    this.age = sameAge(this.age, ageOf(this.current.states[SITE], this.link, this.lostMs, Date.now()));
  }
}

/** Where no `hass` is at hand: Home Assistant writes its user's language into the page. */
function pageLanguage(): string {
  return document.documentElement.lang || "en";
}

define("fusebox-card", FuseboxCard);
followRegistry();

interface CustomCards {
  customCards?: object[];
}
const cards = ((window as CustomCards).customCards ??= []);
// Before any card asks: the words are there when the first one is drawn.
void fetchWords(pageLanguage());
cards.push({
  type: "fusebox-card",
  preview: true,
  get name() {
    return sayIn(pageLanguage())("name");
  },
  get description() {
    return sayIn(pageLanguage())("description");
  },
});
