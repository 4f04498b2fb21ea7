/** The little there is to choose, as Home Assistant's own form editor takes it. */

import { type Key, sayIn } from "./words/words";

interface Field {
  readonly name: string;
  readonly selector: Readonly<Record<string, unknown>>;
}

export interface Form {
  readonly schema: readonly Field[];
  readonly computeLabel: (field: Field) => string;
}

/** Each field may be left empty: what is not there has its default. */
export function formIn(language: string): Form {
  const say = sayIn(language);
  const options = (["auto", "always", "tap"] as const).map((value) => ({ value, label: say(`controls_${value}`) }));
  return {
    schema: [
      { name: "title", selector: { text: {} } },
      { name: "controls", selector: { select: { mode: "dropdown", options } } },
      { name: "hours", selector: { number: { min: 1, max: 48, mode: "box" } } },
      { name: "hide_today", selector: { boolean: {} } },
    ],
    computeLabel: (field) => sayIn(language)(`edit_${field.name}` as Key),
  };
}
