/** Sun, battery and grid above, house and loads below: two rows of one length, and the numbers beside them. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Flow, Part } from "../model/flow";
import { BATTERY_IN, BATTERY_OUT, EXPORT, GRID, hatched, HOUSE, SUN } from "../model/colours";
import { figure, kw } from "../model/numbers";
import { batteryWay, type Site } from "../model/site";
import type { Key, Say } from "../words/words";
import { define, LOOK } from "./base";
import { styled, titleOnPointer } from "./pieces";

interface Fact {
  readonly icon: string;
  readonly colour: string;
  readonly label: string;
  readonly value: string;
  /** What is told of it in place of its name, such as how full a battery is. */
  readonly level?: string;
  /** What it does, such as charge; empty while it rests. */
  readonly does?: string;
}

export class FuseboxFlow extends LitElement {
  static override properties = {
    site: { attribute: false },
    flow: { attribute: false },
    say: { attribute: false },
    language: {},
  };
  declare site: Site;
  declare flow: Flow | null;
  declare say: Say;
  declare language: string;

  static override styles = [
    LOOK,
    css`
      .bar {
        display: flex;
        gap: 2px;
        height: 14px;
        margin-bottom: 3px;
        border-radius: 7px;
        overflow: hidden;
        background: var(--fb-track);
      }
      .bar span {
        min-width: 0;
        flex: 0 1 0;
        background: var(--c);
        transition: flex-grow 0.6s;
      }
      dl {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(min-content, 1fr);
        gap: 6px;
        margin: 8px 0 0;
      }
      dt {
        display: flex;
        align-items: center;
        gap: 5px;
        font-size: 12.5px;
        white-space: nowrap;
        --mdc-icon-size: 18px;
      }
      dd {
        margin: 0;
        font-size: 16px;
        font-weight: 500;
        white-space: nowrap;
      }
      .does {
        min-height: 1.4em;
        font-size: 12.5px;
        font-weight: normal;
      }
    `,
  ];

  constructor() {
    super();
    titleOnPointer(this, (part: Part) => this.called(part));
  }

  override render(): TemplateResult {
    const facts = this.facts();
    const told = facts.map((fact) => [fact.label, fact.level, fact.does, fact.value].filter(Boolean).join(" ")).join(", ");
    return html`
      <div role="img" aria-label=${told}>
        ${this.bar(this.flow?.from ?? [])} ${this.bar(this.flow?.to ?? [])}
      </div>
      <dl>
        ${facts.map(
          (fact) => html`<div>
            <dt class="dim" title=${fact.label}><ha-icon icon=${fact.icon} style="color: ${fact.colour}"></ha-icon>${fact.level ?? fact.label}</dt>
            <dd>${fact.value}</dd>
            ${fact.does === undefined ? nothing : html`<dd class="does dim">${fact.does}</dd>`}
          </div>`,
        )}
      </dl>
    `;
  }

  private bar(parts: readonly Part[]): TemplateResult {
    return html`<div class="bar">${parts.map((part) => html`<span .piece=${part} ${styled(lookOf(part))}></span>`)}</div>`;
  }

  private called({ key, title, watts }: Part): string {
    return `${title || this.say(key as Key)} ${kw(watts, this.language)}`;
  }

  /** What the house has, always in the same places: what is not there just now is 0 and stays. */
  private facts(): readonly Fact[] {
    const { site, flow, say, language } = this;
    const found: Fact[] = [];
    if (site.solarW !== null) {
      found.push({ icon: "mdi:white-balance-sunny", colour: SUN, label: say("sun"), value: kw(Math.max(site.solarW, 0), language) });
    }
    if (site.batteryPct !== null || site.batteryW !== null) {
      const level = site.batteryPct === null ? say("battery") : `${figure(site.batteryPct, 0, language)} %`;
      const watts = site.batteryW === null ? null : Math.abs(site.batteryW);
      const way = batteryWay(site.batteryW);
      const icon = { in: "mdi:battery-arrow-up", out: "mdi:battery-arrow-down", rests: "mdi:battery-medium" }[way];
      const does = way === "rests" ? "" : say(way === "in" ? "battery_in" : "battery_out");
      found.push({ icon, colour: way === "in" ? BATTERY_IN : BATTERY_OUT, label: say("battery"), value: kw(watts, language), level, does });
    }
    found.push({ icon: "mdi:home", colour: HOUSE, label: say("house"), value: kw(flow?.houseW ?? null, language) });
    const gridW = flow === null ? null : gridOf(flow);
    const out = (gridW ?? 0) < 0;
    const watts = gridW === null ? null : Math.abs(gridW);
    found.push({
      icon: "mdi:transmission-tower",
      colour: out ? EXPORT : GRID,
      label: say(out ? "export" : "grid"),
      value: kw(watts, language),
    });
    return found;
  }
}

function lookOf({ key, colour, watts }: Part): Readonly<Record<string, string>> {
  return { "--c": key === "export" ? hatched(colour) : colour, "flex-grow": String(Math.round(watts)) };
}

function gridOf(flow: Flow): number {
  const into = flow.from.find((part) => part.key === "grid")?.watts ?? 0;
  return into - (flow.to.find((part) => part.key === "export")?.watts ?? 0);
}

define("fusebox-card-flow", FuseboxFlow);
