/** Below a load's controls: how what was asked last stands, else its session. The place is always there: nothing moves. */

import { css, html, nothing, type TemplateResult } from "lit";
import type { Ask, Asks } from "../model/asks";
import type { Load } from "../model/load";
import { figure } from "../model/numbers";
import { CONTROLS, keyOf } from "../model/service";
import { sentenceOf } from "../words/sentence";
import type { Say } from "../words/words";

const ICONS: Readonly<Record<Ask["stage"], string>> = {
  sent: "mdi:timer-sand",
  taken: "mdi:timer-sand",
  confirmed: "mdi:check",
  refused: "mdi:cancel",
  late: "mdi:timer-alert-outline",
};

const styles = css`
  .said {
    min-height: 1.4em;
    font-size: 13px;
    --mdc-icon-size: 18px;
  }
  .said [role="status"] {
    display: flex;
    gap: 6px;
  }
`;

/** Answers are read aloud; kilowatt-hours, which change by themselves, are not. */
function render(load: Load, asks: Asks, say: Say, language: string): TemplateResult {
  const last = lastOf(load, asks);
  return html`<div class="said">
    ${last === null ? html`<span class="dim">${session(load, say, language)}</span>` : nothing}
    <span role="status">
      ${last === null ? nothing : html`<ha-icon icon=${ICONS[last.stage]}></ha-icon><span>${wordsOf(last, say, language)}</span>`}
    </span>
  </div>`;
}

function lastOf(load: Load, asks: Asks): Ask | null {
  const all = CONTROLS.flatMap((control) => asks.get(keyOf(load, control)) ?? []);
  return all.sort((a, b) => b.sinceMs - a.sinceMs)[0] ?? null;
}

export function wordsOf({ stage, refusal }: Ask, say: Say, language: string): string {
  if (stage === "refused") return sentenceOf(refusal, say, language) || say("state_unreachable");
  return say(stage === "confirmed" ? "confirmed" : stage === "late" ? "late" : "pending");
}

/** What the present session has taken, and how much of it from the sun. */
export function session(load: Load, say: Say, language: string): string {
  if (load.sessionKwh === null) return "";
  const sun = load.sessionSolarPct === null ? "" : ` · ${figure(load.sessionSolarPct, 0, language)} % ${say("sun")}`;
  return `${figure(load.sessionKwh, 1, language)} kWh ${say("session")}${sun}`;
}

export const answer = { styles, render };
