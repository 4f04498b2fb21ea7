/** A load's plan: how it stands, and a form that asks for another. Only where the load can have one. */

import { html, nothing, type TemplateResult } from "lit";
import { isOpen } from "../model/asks";
import type { Load } from "../model/load";
import { figure } from "../model/numbers";
import { type Amount, hasPlan, type Plan, planAsked } from "../model/plan";
import { keyOf } from "../model/service";
import { sentenceOf } from "../words/sentence";
import { type Say, sayOf } from "../words/words";
import { PLAN_LOOK } from "./plan_look";
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
  return html`<details class="plan ${set ? "set" : ""}">
    <summary ?data-pending=${open}>
      <ha-icon icon=${set ? "mdi:calendar-clock" : "mdi:calendar-plus"}></ha-icon>
      <span title=${sentenceOf(plan.reason, say, host.language)}>
        <b>${sayOf(say, "plan", plan.state)}</b>${tail(plan, host.priceUnit, say, host.language)}
      </span>
      <ha-icon class="turn" icon="mdi:chevron-down"></ha-icon>
    </summary>
    <form @submit=${(event: SubmitEvent) => submit(host, event)}>
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
        : html`<label>
            <span class="dim">${say("at_most")} ${host.priceUnit}</span>
            <input class="field" name="max_price" type="number" step="0.001" inputmode="decimal" value=${plan.asked.max_price ?? ""} />
          </label>`}
      <div class="does">
        <button class="main" type="submit">${say("set_plan")}</button>
        ${set ? html`<button type="button" @click=${() => want(host, "plan", "")}>${say("clear_plan")}</button>` : nothing}
      </div>
    </form>
  </details>`;
}

/** Why it stands so, which has its cost; without a reason the cost alone. */
export function tail(plan: Plan, priceUnit: string, say: Say, language: string): string {
  const reason = sentenceOf(plan.reason, say, language);
  if (reason !== "") return ` · ${reason}`;
  const [currency = ""] = priceUnit.split("/");
  return plan.cost === null ? "" : ` · ${figure(plan.cost, 2, language)} ${currency}`.trimEnd();
}

/** A charger knows of energy and of how full a car is, what is switched of hours. */
function unitsOf(load: Load): readonly Amount[] {
  return load.currentA === null ? ["hours", "energy_kwh"] : ["energy_kwh", "soc_target_pct"];
}

function submit(host: Host, event: SubmitEvent): void {
  event.preventDefault();
  const told = new FormData(event.target as HTMLFormElement);
  const field = (name: string): string => String(told.get(name) ?? "");
  want(host, "plan", planAsked(field("ready_by"), field("amount"), field("unit") as Amount, field("max_price")));
}

export const planForm = { styles: PLAN_LOOK, render };
