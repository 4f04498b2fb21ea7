/** A load's plan: how it stands, and a form that previews and asks for another. Only where the load can have one. */

import { html, nothing, type TemplateResult } from "lit";
import { isOpen } from "../model/asks";
import type { Load } from "../model/load";
import { figure, money } from "../model/numbers";
import { type Amount, hasPlan, type Plan, type PlanAsked, planAsked, spanWith } from "../model/plan";
import { keyOf } from "../model/service";
import { sentenceOf } from "../words/sentence";
import { sayOf } from "../words/words";
import { times } from "./ahead";
import type { Place } from "./first_line";
import { PLAN_LOOK } from "./plan_look";
import "./preview";
import type { FuseboxPreview } from "./preview";
import { slider } from "./slider";
import { type Host, want } from "./want";

const UNITS: Readonly<Record<Amount, string>> = { energy_kwh: "kWh", soc_target_pct: "%", hours: "h" };
/** Where nothing was chosen yet: before most people leave. */
const READY_BY = "07:00";

function render(host: Host, plan: Plan): TemplateResult {
  const { load, say, asks } = host;
  const set = hasPlan(plan);
  const open = isOpen(asks, keyOf(load, "plan"));
  const units = unitsOf(load);
  const first = units.find((unit) => plan.asked[unit] !== undefined) ?? units[0];
  const reason = set ? sentenceOf(plan.reason, say, host.language) : "";
  return html`<details class="plan ${set ? "set" : ""}" @toggle=${(event: Event) => preview(host, plan, event)}>
    <summary ?data-pending=${open}>
      <ha-icon icon=${set ? "mdi:calendar-clock" : "mdi:calendar-plus"}></ha-icon>
      <span class="stands"><b>${sayOf(say, "plan", plan.state)}</b><span>${tail(plan, host, Date.now())}</span></span>
      <ha-icon class="turn" icon="mdi:chevron-down"></ha-icon>
    </summary>
    <form @submit=${(event: SubmitEvent) => submit(host, plan, event)} @input=${(event: Event) => preview(host, plan, event)}>
      ${reason === "" ? nothing : html`<p class="dim">${reason}</p>`}
      <label><span class="dim">${say("ready_by")}</span><input class="field" name="ready_by" type="time" required value=${plan.asked.readyBy ?? READY_BY} /></label>
      <label class="much">
        <span class="dim">${say("how_much")}</span>
        <span class="amount">
          <input class="field" name="amount" type="number" min="0.5" step="0.5" ?required=${host.priceUnit === ""} placeholder=${host.priceUnit === "" ? "" : say("any_amount")} inputmode="decimal" value=${(first && plan.asked[first]) ?? ""} />
          <select class="field" name="unit" aria-label=${say("unit")}>
            ${units.map((unit) => html`<option value=${unit} ?selected=${unit === first}>${UNITS[unit]}</option>`)}
          </select>
        </span>
      </label>
      ${host.priceUnit === ""
        ? nothing
        : price(host, plan)}
      <fusebox-card-preview .load=${load} .say=${say} .language=${host.language} .zone=${host.zone} .priceUnit=${host.priceUnit}></fusebox-card-preview>
      <div class="does">
        <button class="main" type="submit">${say("set_plan")}</button>
        ${set ? html`<button type="button" @click=${() => want(host, "plan", "")}>${say("clear_plan")}</button>` : nothing}
      </div>
    </form>
  </details>`;
}

/** The highest price; at its right end there is none. */
function price({ priceUnit, priceSpan, say, language }: Host, { asked }: Plan): TemplateResult {
  const { min, none, step, decimals } = spanWith(priceSpan, asked.max_price);
  return slider.bar({
    label: say("price_at_most"),
    min,
    max: none,
    step,
    now: asked.max_price ?? none,
    shown: (value) => (value >= none ? say("no_limit") : `${figure(value, decimals, language)} ${priceUnit}`),
    name: "max_price",
  });
}

/** When it runs; why it stands so where it has no blocks. */
export function tail(plan: Plan, { priceUnit, say, language, zone }: Place, nowMs: number): string {
  if (plan.slots.length > 0) return times(plan.slots, { language: say.locale, zone, nowMs });
  const reason = sentenceOf(plan.reason, say, language);
  return reason === "" && plan.cost !== null ? money(plan.cost, priceUnit, language) : reason;
}

/** A charger knows of energy and of how full a car is, what is switched of hours. */
function unitsOf(load: Load): readonly Amount[] {
  return load.currentA === null ? ["hours", "energy_kwh"] : ["energy_kwh", "soc_target_pct"];
}

function submit(host: Host, plan: Plan, event: SubmitEvent): void {
  event.preventDefault();
  want(host, "plan", askedIn(host, plan, event.target as HTMLFormElement));
}

/** Preview what stands in the form, while that is whole and the form is open. */
function preview(host: Host, plan: Plan, { currentTarget }: Event): void {
  const details = (currentTarget as HTMLElement).closest("details");
  const form = details?.querySelector("form");
  const isWhole = details?.open === true && form?.checkValidity() === true;
  const asked = isWhole ? askedIn(host, plan, form) : {};
  details?.querySelector<FuseboxPreview>("fusebox-card-preview")?.look(Object.keys(asked).length === 0 ? null : asked);
}

function askedIn(host: Host, plan: Plan, form: HTMLFormElement): PlanAsked {
  const told = new FormData(form);
  const field = (name: string): string => String(told.get(name) ?? "");
  const { none } = spanWith(host.priceSpan, plan.asked.max_price);
  const limit = field("max_price");
  return planAsked(field("ready_by"), field("amount"), field("unit") as Amount, Number(limit) < none ? limit : "");
}

export const planForm = { styles: PLAN_LOOK, render };
