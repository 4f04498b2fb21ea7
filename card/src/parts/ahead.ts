/** Below the picture, on its time axis: what each load has planned, and the prices. Nothing where there is neither. */

import { html, nothing, type TemplateResult } from "lit";
import type { Load } from "../model/load";
import { clock, dayAndClock, figure } from "../model/numbers";
import { HOUR_MS, type Slot, spansOf } from "../model/plan";
import { sentenceOf } from "../words/sentence";
import type { Say } from "../words/words";
import { type Frame, xOf } from "./drawing";

interface Shown {
  readonly loads: readonly Load[];
  readonly prices: readonly Slot[];
  readonly priceUnit: string;
  readonly say: Say;
  readonly language: string;
  readonly zone: string | undefined;
  readonly nowMs: number;
}

/** More would not be read. */
const MOST_SPANS = 4;

export function ahead(shown: Shown, frame: Frame): TemplateResult {
  const planned = shown.loads.filter((load) => (load.plan?.slots.length ?? 0) > 0);
  return html`
    ${planned.map(
      (load) => html`<p class="caption">${load.title} <span class="dim">${times(load.plan?.slots ?? [], { ...shown, language: shown.say.locale })}</span></p>
        <div class="lane" role="img" aria-label=${`${load.title} ${load.plan === null ? "" : sentenceOf(load.plan.reason, shown.say, shown.language)}`}>
        ${(load.plan?.slots ?? []).map((slot) => html`<span title=${load.title} style="--c: ${load.colour}; ${place(slot, frame)}"></span>`)}
      </div>`,
    )}
    ${prices(shown, frame)}
  `;
}

/** When it runs, such as 23:15–01:45, 02:15–03:30; with the day of the week where that is a day ahead. */
export function times(slots: readonly Slot[], { language, zone, nowMs }: Pick<Shown, "language" | "zone" | "nowMs">): string {
  const spans = spansOf(slots).map(({ startMs, endMs }) => {
    const start = startMs - nowMs < 24 * HOUR_MS ? clock : dayAndClock;
    return `${start(startMs, language, zone)}–${clock(endMs, language, zone)}`;
  });
  return [...spans.slice(0, MOST_SPANS), ...(spans.length > MOST_SPANS ? ["…"] : [])].join(", ");
}

function prices({ prices: all, priceUnit, say, language }: Shown, frame: Frame): TemplateResult | typeof nothing {
  const slots = all.filter((slot) => slot.endMs > frame.fromMs && slot.startMs < frame.toMs);
  if (slots.length === 0) return nothing;
  const told = slots.map((slot) => slot.price ?? 0);
  const high = Math.max(...told, 0.01);
  const low = Math.min(...told, 0);
  const range = `${figure(Math.min(...told), 2, language)} – ${figure(Math.max(...told), 2, language)} ${priceUnit}`.trimEnd();
  return html`<p class="caption dim">${say("price")} ${range}</p>
    <div class="prices" role="img" aria-label="${say("price")} ${range}">
    ${slots.map((slot) => {
      const height = (100 * ((slot.price ?? 0) - low)) / (high - low);
      return html`<span title=${figure(slot.price, 3, language)} style="height: ${height.toFixed(1)}%; ${place(slot, frame)}"></span>`;
    })}
  </div>`;
}

function place(slot: Slot, frame: Frame): string {
  const left = Math.max(xOf(frame, slot.startMs) / 10, 0);
  const right = Math.min(xOf(frame, slot.endMs) / 10, 100);
  return `left: ${left.toFixed(2)}%; width: ${Math.max(right - left, 0).toFixed(2)}%`;
}
