/** The last hours, stacked, against the fuse and the target; what happened; plans and prices of the next hours. */

import { html, LitElement, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { chartOf, scaleOf, TOTAL, type Chart, within } from "../model/chart";
import { LISTED } from "../model/events";
import type { Look } from "../model/history";
import { amps, clock, figure, kw } from "../model/numbers";
import { HOUR_MS, lastOf } from "../model/plan";
import type { Shown } from "../today_source";
import { sentenceOf } from "../words/sentence";
import { type Say, sayOf } from "../words/words";
import { define, LOOK } from "./base";
import { drawn, type Frame, HIGH, WIDE, xOf } from "./drawing";
import { ahead } from "./ahead";
import { TODAY_LOOK } from "./today_look";

export class FuseboxToday extends LitElement {
  static override properties = {
    shown: { attribute: false },
    now: { attribute: false },
    say: { attribute: false },
    language: {},
    zone: {},
    view: { state: true },
    at: { state: true },
  };
  declare shown: Shown;
  /** The house as it is: the legend follows it at once, the picture every ten seconds. */
  declare now: Look;
  declare say: Say;
  declare language: string;
  declare zone: string | undefined;
  declare view: string;
  /** The place of the look that is pointed at, -1 for now. */
  declare at: number;

  static override styles = [LOOK, TODAY_LOOK];

  constructor() {
    super();
    this.view = TOTAL;
    this.at = -1;
  }

  override render(): TemplateResult {
    const { say, view } = this;
    const views = [TOTAL, ...(this.shown.phases.length > 1 ? this.shown.phases : [])];
    const chart = this.chart(view);
    const scale = this.scale(chart);
    const limits = within(this.limits(), scale);
    const { nowMs, hours, prices, loads } = this.shown;
    const toMs = lastOf(nowMs, hours, prices, loads);
    const frame: Frame = { fromMs: nowMs - hours * HOUR_MS, toMs, scale };
    return html`
      <div class="top">
        <h3>${say("today")}</h3>
        ${views.length > 1
          ? html`<div class="choices">
              ${views.map(
                (each) => html`<button aria-pressed=${each === view ? "true" : "false"} @click=${() => this.turn(each)}>
                  ${each === TOTAL ? say("total") : each}
                </button>`,
              )}
            </div>`
          : nothing}
      </div>
      ${this.readout(chart, limits)}
      ${guard(
        [this.shown, view, this.at, say],
        () => html`${this.picture(chart, frame, limits)} ${ahead({ ...this.shown, say, language: this.language, zone: this.zone }, frame)} ${this.happenings()}`,
      )}
    `;
  }

  private made: { readonly of: Shown; readonly view: string; readonly chart: Chart } | null = null;

  private chart(view: string): Chart {
    if (this.made?.of !== this.shown || this.made.view !== view) {
      this.made = { of: this.shown, view, chart: chartOf(this.shown.looks, view) };
    }
    return this.made.chart;
  }

  private scaled: { readonly of: Chart; readonly limit: number | undefined; readonly scale: Frame["scale"] } | null = null;

  /** The scale of a picture, made once: it has hundreds of values, and the legend follows each reading. */
  private scale(chart: Chart): Frame["scale"] {
    const [limit] = this.limits();
    if (this.scaled?.of !== chart || this.scaled.limit !== limit) {
      this.scaled = { of: chart, limit, scale: scaleOf(chart, this.limits()) };
    }
    return this.scaled.scale;
  }

  private turn(view: string): void {
    this.view = view;
    this.at = -1;
  }

  private limits(): readonly number[] {
    const limit = this.view === TOTAL ? this.shown.targetW : this.shown.fuseA;
    return limit === null ? [] : [limit];
  }

  private unit(value: number | null): string {
    return this.view === TOTAL ? kw(value, this.language) : amps(value, this.language);
  }

  /** What stood at the moment that is pointed at; one line that is always there. */
  private readout(past: Chart, limits: readonly number[]): TemplateResult {
    const chart = this.at < 0 ? chartOf([this.now], this.view) : past;
    const place = this.at < 0 ? 0 : Math.min(this.at, chart.times.length - 1);
    const atMs = chart.times[place];
    if (atMs === undefined) return html`<p class="readout dim">${this.say("no_history")}</p>`;
    const time = this.at < 0 ? this.say("now") : clock(atMs, this.language, this.zone);
    const [grid, sun] = (["grid", "sun"] as const).map((key) => chart.lines.find((line) => line.key === key));
    const sunW = this.view === TOTAL ? (sun?.values[place] ?? null) : null;
    const parts = chart.layers.flatMap((layer) => {
      const span = layer.spans[place];
      const height = span == null ? 0 : span[1] - span[0];
      return height > 0 ? [{ layer, height }] : [];
    });
    return html`<p class="readout">
      <span>${time}</span><b>${mark(grid?.colour)}${this.say("grid")} ${this.unit(grid?.values[place] ?? null)}</b>
      ${sunW === null ? nothing : html`<span>${mark(sun?.colour)}${this.say("sun")} ${this.unit(sunW)}</span>`}
      ${limits.map((limit) => html`<span>${mark("var(--fb-bad)")}${this.say(this.view === TOTAL ? "target" : "fuse")} ${this.unit(limit)}</span>`)}
      ${parts.map(
        ({ layer, height }) => html`<span><i style="background: ${layer.colour}"></i>${layer.title || this.say(layer.key === "house" ? "house" : "battery")} ${this.unit(height)}</span>`,
      )}
    </p>`;
  }

  private picture(chart: Chart, frame: Frame, limits: readonly number[]): TemplateResult {
    const cursor = this.at < 0 ? this.shown.nowMs : (chart.times[this.at] ?? this.shown.nowMs);
    const { low, high } = frame.scale;
    const percent = (value: number): number => 100 * (1 - (value - low) / (high - low));
    return html`
      <div
        class="picture"
        role="slider"
        tabindex="0"
        aria-label="${this.say("today")}, ${this.view === TOTAL ? this.say("total") : this.view}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(chart.times.length - 1, 0)}
        aria-valuenow=${this.at < 0 ? Math.max(chart.times.length - 1, 0) : this.at}
        aria-valuetext=${clock(cursor, this.language, this.zone)}
        @pointermove=${(event: PointerEvent) => this.point(event, chart, frame)}
        @pointerdown=${(event: PointerEvent) => this.point(event, chart, frame)}
        @pointerleave=${() => {
          this.at = -1;
        }}
        @keydown=${(event: KeyboardEvent) => this.key(event, chart)}
      >
        <svg viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" aria-hidden="true">
          ${drawn(chart, frame, limits)}
          ${svg`<line class="cursor" x1=${xOf(frame, cursor)} x2=${xOf(frame, cursor)} y1="0" y2=${HIGH} />`}
        </svg>
        ${frame.scale.ticks.map((tick) => html`<span class="y" style="top: ${percent(tick)}%">${this.tick(tick)}${tick === high ? ` ${this.view === TOTAL ? "kW" : "A"}` : ""}</span>`)}
        ${this.shown.events
          .filter((each) => each.atMs >= frame.fromMs)
          .map((each) => html`<span class="mark ${each.kind}" style="left: ${xOf(frame, each.atMs) / 10}%" title=${sentenceOf(each.reason, this.say, this.language)}></span>`)}
      </div>
      <div class="times" aria-hidden="true">${hoursOf(frame).map(
        (atMs) => html`<span style="left: ${xOf(frame, atMs) / 10}%">${clock(atMs, this.language, this.zone)}</span>`,
      )}</div>
    `;
  }

  private tick(value: number): string {
    const shown = this.view === TOTAL ? value / 1000 : value;
    return figure(shown, Number.isInteger(shown) ? 0 : 1, this.language);
  }

  private point(event: PointerEvent, chart: Chart, frame: Frame): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const atMs = frame.fromMs + ((event.clientX - box.left) / box.width) * (frame.toMs - frame.fromMs);
    let nearest = 0;
    chart.times.forEach((each, place) => {
      if (Math.abs(each - atMs) < Math.abs((chart.times[nearest] ?? 0) - atMs)) nearest = place;
    });
    this.at = nearest;
  }

  private key(event: KeyboardEvent, chart: Chart): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const last = chart.times.length - 1;
    const next = (this.at < 0 ? last : this.at) + step;
    this.at = next >= last ? -1 : Math.max(next, 0);
  }

  private happenings(): TemplateResult | typeof nothing {
    if (this.shown.events.length === 0) return nothing;
    return html`<ul class="events">
      ${this.shown.events.slice(0, LISTED).map((each) => {
        const who = each.load === "" ? "" : `${each.load.replaceAll("_", " ")} `;
        const why = sentenceOf(each.reason, this.say, this.language);
        return html`<li class="dim">
          <i class=${each.kind}></i>${clock(each.atMs, this.language, this.zone)} ${who}${sayOf(this.say, "event", each.kind)}:
          ${why}
        </li>`;
      })}
    </ul>`;
  }
}

/** The sign of a line in the legend. */
function mark(colour = ""): TemplateResult {
  return html`<i class="drawn" style="color: ${colour}"></i>`;
}

/** Full hours, at most six of them; none so near an edge that its label would be cut. */
function hoursOf(frame: Frame): readonly number[] {
  const every = Math.max(1, Math.ceil((frame.toMs - frame.fromMs) / HOUR_MS / 6));
  const first = Math.ceil(frame.fromMs / HOUR_MS) * HOUR_MS;
  const found: number[] = [];
  for (let atMs = first; atMs <= frame.toMs; atMs += every * HOUR_MS) found.push(atMs);
  return found.filter((atMs) => xOf(frame, atMs) > 0.04 * WIDE && xOf(frame, atMs) < 0.94 * WIDE);
}

define("fusebox-card-today", FuseboxToday);
